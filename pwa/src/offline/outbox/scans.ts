// What is particular about scans in the outbox: how one is put in, which prompts it tells of, and what it became.
import type { Problem } from "../../graphql/outcome";
import type { DataFor } from "./operations";
import type { Scan, Settled } from "./sending";
import type { Write } from "./waiting";

export interface ScanToKeep {
	/** The event's id. */
	readonly event: string;
	readonly badge: string;
	/** A UUID made for this scan. */
	readonly key: string;
	/** The phone's own time, RFC 3339. */
	readonly scannedAt: string;
	/** Library keys of the prompts that the phone shows already. */
	readonly shownPrompts?: readonly string[];
}

export type ScanAnswer = { readonly swap: DataFor<"SwapBadges"> } | { readonly problem: Problem };

/** What the server takes with a scan. */
const MOST_SHOWN = 16;

export function writeOf({ event, badge, key, scannedAt, shownPrompts = [] }: ScanToKeep): Write {
	const scan = { badge, key, scannedAt, shownPrompts: shownPrompts.slice(0, MOST_SHOWN) };
	return { operation: "SwapBadges", variables: { event, scan }, thing: key, key, event, madeAt: scannedAt };
}

/** The scan, telling of these prompts as well. */
export function withShown(scan: Scan, libraryKeys: readonly string[]): Scan {
	const told = scan.variables.scan;
	const shownPrompts = [...new Set([...(told.shownPrompts ?? []), ...libraryKeys])].slice(0, MOST_SHOWN);
	return { ...scan, variables: { ...scan.variables, scan: { ...told, shownPrompts } } };
}

/** What the server said to a scan; null for anything else. */
export function answerTo({ item, verdict }: Settled): ScanAnswer | null {
	if (item.operation !== "SwapBadges") return null;
	if (verdict.kind === "refused") return { problem: verdict.problem };
	return { swap: verdict.data as DataFor<"SwapBadges"> };
}

/** The id of the swap that a scan became. */
export function swapMadeBy(settled: Settled): string | null {
	const answer = answerTo(settled);
	return answer !== null && "swap" in answer ? answer.swap.id : null;
}
