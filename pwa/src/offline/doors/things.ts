// What stands in a door's queue: scans, people registered on the spot, and what is taken back. Plain values that can be
// sealed and sent again with the same keys.
import type { Direction, OwnVerdict } from "./judging";

export type { Direction };

export interface ScanThing {
	readonly kind: "scan";
	/** A UUID, made once and kept through every try. */
	readonly key: string;
	readonly door: string;
	/** What was read or typed; empty for somebody found by name or registered here. */
	readonly code: string;
	readonly registration: string | null;
	/** The key of the walk-in before it in this queue, until the server has given them a registration. */
	readonly walkIn: string | null;
	readonly direction: Direction;
	/** The phone's own time, RFC 3339. */
	readonly scannedAt: string;
	/** Whom this phone takes it to be: a registration, or a walk-in's key; null where it does not know. */
	readonly of: string | null;
	readonly name: string | null;
	/** What the helper was told by this phone alone; null while nothing was. */
	readonly shown: OwnVerdict | null;
	/** The helper was told something by this phone, if only that it could not look. */
	readonly isOwn: boolean;
}

export interface WalkInThing {
	readonly kind: "walk-in";
	readonly key: string;
	readonly name: string;
	readonly email: string | null;
	/** The helper let them in without the server's word. */
	readonly isLetIn: boolean;
	readonly madeAt: string;
}

export interface UndoThing {
	readonly kind: "undo";
	/** Its own name in the queue. */
	readonly key: string;
	/** The key of the scan that is taken back. */
	readonly of: string;
	/** The server's id of that scan; null until it is known. */
	readonly checkIn: string | null;
	readonly name: string | null;
	readonly madeAt: string;
}

export type Thing = ScanThing | WalkInThing | UndoThing;

/** The scans among these that stand: not taken back by a later one. */
export function standing(things: readonly Thing[]): ScanThing[] {
	const undone = new Set(things.flatMap((thing) => (thing.kind === "undo" ? [thing.of] : [])));
	return things.filter((thing) => thing.kind === "scan").filter(({ key }) => !undone.has(key));
}

/** As many scans as go in one request. */
export const MOST_AT_ONCE = 50;

/** What can be sent next, in order: a run of scans, or one other thing. Those in `busy` are being sent already, and
 * whatever takes one of them back waits for its answer, with all behind it. A walk-in among them holds up its own scans alone. */
export function nextToSend<T extends { readonly value: Thing }>(
	line: readonly T[],
	busy: ReadonlySet<string>,
	most = MOST_AT_ONCE,
): T[] {
	const batch: T[] = [];
	const resting = new Set(busy);
	for (const each of line) {
		const { value } = each;
		if (value.kind === "scan" && value.walkIn !== null && resting.has(value.walkIn)) resting.add(value.key);
		else if (value.kind === "undo" && resting.has(value.of) && !busy.has(value.of)) resting.add(value.key);
		if (resting.has(value.key)) continue;
		if (value.kind === "scan" && (value.walkIn === null || !isWaiting(line, value.walkIn))) {
			batch.push(each);
			if (batch.length === most) return batch;
			continue;
		}
		if (batch.length > 0 || value.kind === "scan") return batch;
		return value.kind === "undo" && isWaiting(line, value.of) ? [] : [each];
	}
	return batch;
}

const isWaiting = (line: readonly { readonly value: Thing }[], key: string): boolean =>
	line.some(({ value }) => value.key === key);
