// What a list of people met shows of a swap, with what was written since laid over it. Pure; it asks and keeps nothing.
import type { DataFor, Operation } from "../offline/outbox/operations";
import type { MetSwap } from "./met.svelte";

/** What any screen knows of a swap that the person may change. */
type Shared = Pick<MetSwap, "share" | "promises">;

/** The swap after one operation; null once it is withdrawn, or its other side blocked. `answer` is what the server said to it; without one it is
 * taken as it was written, at `madeAt`. */
export function withWritten<T extends Shared>(swap: T, written: Operation, madeAt: string, answer?: unknown): T | null {
	switch (written.operation) {
		case "MakePromise": {
			const { kind, text, dueOn = null, key } = written.variables;
			const made = { id: key, key, kind, text, dueOn, keptAt: null };
			return { ...swap, promises: withOne(swap.promises, (answer as DataFor<"MakePromise"> | undefined) ?? made) };
		}
		case "KeepPromise": {
			const named = written.variables.promise;
			const keptAt = (answer as DataFor<"KeepPromise"> | undefined)?.keptAt ?? madeAt;
			const promises = swap.promises.map((each) =>
				each.id === named || each.key === named ? { ...each, keptAt: each.keptAt ?? keptAt } : each,
			);
			return { ...swap, promises };
		}
		case "ShareBack": {
			const isReturned = swap.share === "OFFERED_TO_ME" || swap.share === "MUTUAL";
			const share = (answer as DataFor<"ShareBack"> | undefined)?.share ?? (isReturned ? "MUTUAL" : "OFFERED_BY_ME");
			return { ...swap, share };
		}
		case "DeclineShare":
			return { ...swap, share: "NONE" };
		case "Withdraw":
		case "Block":
			return null;
		default:
			return swap;
	}
}

/** Those with this one: what was made with the same key, here or on the server, is the same. */
export function withOne<T extends { readonly key: string }>(those: readonly T[], one: T): T[] {
	const isThere = those.some(({ key }) => key === one.key);
	return isThere ? those.map((each) => (each.key === one.key ? one : each)) : [...those, one];
}
