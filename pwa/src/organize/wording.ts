// The events somebody helps to run, in the order in which they matter, and what a role is called. Pure.
import type { EventRole } from "../app/session.svelte";

export const ROLE_NAMES: Record<EventRole["role"], string> = {
	OWNER: "You are the owner",
	ORGANIZER: "You are an organizer",
	DOOR_HELPER: "You help at the door",
};

/** A door takes scans for twelve hours after the end, and people leave late. */
const DOORS_OPEN_FOR = 12 * 60 * 60 * 1000;

/** Those still to come or under way, the next one first; and those that are over, the last one first. */
export function inOrder(
	roles: readonly EventRole[],
	now: Date,
): { readonly coming: readonly EventRole[]; readonly past: readonly EventRole[] } {
	const starts = ({ event }: EventRole) => Date.parse(event.startsAt);
	const isOver = ({ event }: EventRole) => Date.parse(event.endsAt) + DOORS_OPEN_FOR < now.getTime();
	return {
		coming: roles.filter((each) => !isOver(each)).toSorted((one, other) => starts(one) - starts(other)),
		past: roles.filter(isOver).toSorted((one, other) => starts(other) - starts(one)),
	};
}

/** The same hour on the wall, on the same weekday a year later: 52 weeks. */
export function aYearLater(wall: string): string {
	const then = new Date(Date.parse(`${wall}Z`) + 364 * 86_400_000);
	return Number.isNaN(then.getTime()) ? "" : then.toISOString().slice(0, 16);
}
