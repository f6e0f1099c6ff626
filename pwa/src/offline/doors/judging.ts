// What a door says without the server: the same rules as server/doors/timeline.py, over what this phone knows of somebody.
// Pure. It is a best guess that the server judges again; another door may have let them in meanwhile.
import type { RosterEntry } from "./roster";

export type Direction = "IN" | "OUT";

/** What a phone can come to by itself. Only the server knows tickets of other events. */
export type OwnVerdict = "ADMITTED" | "ALREADY_IN" | "CANCELLED" | "NOT_RECOGNISED" | "NOT_A_TICKET" | "CHECKED_OUT";

/** Somebody who went through this door and whom the roster does not show there yet. */
export interface Passing {
	readonly direction: Direction;
	/** The phone's time, RFC 3339. */
	readonly at: string;
	/** This door's name. */
	readonly door: string;
}

/** Where somebody is, as far as this phone knows. */
export interface Known {
	readonly isIn: boolean;
	/** When and where they were let in first today; null when they were not. */
	readonly firstInAt: string | null;
	readonly door: string | null;
}

/** An entry as it stands on a day: who was in on another one has not come yet. A list is as old as the phone was without a
 * network; `dayOf` names the day of an instant, and `listedAt` is when the list last held, in milliseconds. */
export function onDay(
	entry: RosterEntry,
	day: string,
	listedAt: number | null,
	dayOf: (instant: Date) => string,
): RosterEntry {
	const since = entry.firstInAt === null ? listedAt : Date.parse(entry.firstInAt);
	if (entry.state === "REGISTERED" || since === null || dayOf(new Date(since)) === day) return entry;
	const state = entry.state === "CANCELLED" ? "CANCELLED" : "REGISTERED";
	return { ...entry, state, firstInAt: null, door: null };
}

/** What the roster says, and then what happened at this door since, in its order. */
export function knownOf({ state, firstInAt, door }: RosterEntry, passings: readonly Passing[]): Known {
	let known: Known = { isIn: state === "CHECKED_IN", firstInAt, door };
	for (const { direction, at, door: here } of passings) {
		if (direction === "OUT") known = { ...known, isIn: false };
		else if (known.firstInAt === null) known = { isIn: true, firstInAt: at, door: here };
		else known = { ...known, isIn: true };
	}
	return known;
}

/** The verdict on a scan of somebody on the roster. */
export function judge(entry: RosterEntry, known: Known, direction: Direction): OwnVerdict {
	if (entry.state === "CANCELLED" && (direction === "IN" || known.firstInAt === null)) return "CANCELLED";
	if (direction === "OUT") return "CHECKED_OUT";
	return known.isIn ? "ALREADY_IN" : "ADMITTED";
}
