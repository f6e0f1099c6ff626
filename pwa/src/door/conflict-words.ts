// A conflict of two doors in words: who, and when and where both let them in. Pure.
import { timeSeenFrom } from "../app/event-time";
import type { LookInWords } from "./looking";
import type { Conflict } from "./station.svelte";

export interface ConflictInWords extends LookInWords {
	readonly scans: readonly string[];
}

export function conflictInWords(
	{ name, scans }: Conflict,
	timezone: string,
	locale: string,
	now: Date,
): ConflictInWords {
	const at = (instant: string) => timeSeenFrom(now, new Date(instant), timezone, locale);
	return {
		title: name,
		what: "The same ticket let somebody in more than once:",
		scans: scans.map(({ scannedAt, door, helper, offline }) => {
			const who = helper === null ? "" : `, ${helper}`;
			return `${at(scannedAt)} at ${door}${who}${offline ? ", without a connection" : ""}`;
		}),
		todo: "Often it is one person who came in twice. If it was two people, tell an organizer.",
	};
}
