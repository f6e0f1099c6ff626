// One thing in the outbox as the phone keeps it, and how what an older app kept becomes what this one reads. It sends
// nothing and decides nothing.
import type { Problem } from "../../graphql/outcome";
import { isOperation, type Operation } from "./operations";

interface Facts {
	/** Where it stands: in the order in which things were written on this phone, over all its tabs. */
	readonly place: number;
	/** Whose it is; nobody else on this phone sees or sends it. */
	readonly person: string;
	/** The phone's own name for it: a scan's, a note's or a promise's key. */
	readonly key: string;
	/** What it is about, and what it keeps its order with: a swap by its id or by the key of its scan, or a follow-up. */
	readonly thing: string;
	/** At most one of a kind waits, the latest: a tap on the same button takes the earlier one's place. */
	readonly slot: string | null;
	/** The event it belongs to, where that is known. */
	readonly event: string | null;
	/** The phone's own time, RFC 3339. */
	readonly madeAt: string;
	/** Why the server did not take it; such a thing is not sent again by itself. */
	readonly refusal: Problem | null;
}

export type Waiting = Facts & Operation;

/** What is to be written, before it has its place. Without a `key` it gets one. */
export type Write = Operation & Pick<Facts, "thing"> & Partial<Pick<Facts, "key" | "slot" | "event" | "madeAt">>;

/** A thing as it lies in the database: written by this version of the app or by another one. */
export interface Kept extends Facts {
	readonly format: number;
	readonly operation: string;
	readonly variables: unknown;
}

/** How a thing of format n becomes one of format n + 1, at place n - 1. Steps are only ever added. */
type Step = (older: Kept) => Kept;
const STEPS: readonly Step[] = [];

/** The format that this app writes. */
export const FORMAT = STEPS.length + 1;

/** The newest version of the app on this phone wrote it, in another tab; this one leaves it alone. */
export const isNewer = (kept: Kept, steps = STEPS): boolean => kept.format > steps.length + 1;

/** A thing in the format of this app. One that this app has no operation for comes refused, with its words. */
export function upToDate(kept: Kept, steps = STEPS): Waiting {
	const raised = steps.slice(kept.format - 1).reduce((older, step) => step(older), kept);
	const { format: _, ...thing } = raised;
	if (isOperation(thing.operation)) return thing as Waiting;
	return { ...thing, refusal: thing.refusal ?? OUTDATED } as unknown as Waiting;
}

const OUTDATED: Problem = {
	name: "Outdated",
	message: "This version of the app cannot send this any more. Nothing of it is lost; it is here to copy.",
	field: null,
	retryAfter: null,
	mayCountLater: false,
};
