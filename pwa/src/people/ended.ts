// Which swaps a newer answer about people holds no more: they were withdrawn or blocked meanwhile. Pure.
import type { Connection } from "./people-list.svelte";

/** Of those in `before`, the swaps that have ended since. Who stands on a later page by now is not judged. */
export function endedSince(before: Connection, now: Connection): string[] {
	const swapsOf = new Map(now.edges.map(({ node }) => [node.id, new Set(node.swaps.map(({ id }) => id))]));
	return before.edges.flatMap(({ node }) => {
		const live = swapsOf.get(node.id) ?? (now.pageInfo.hasNextPage ? null : new Set<string>());
		return live === null ? [] : node.swaps.map(({ id }) => id).filter((id) => !live.has(id));
	});
}
