// Times of a 1-2-1 in words, on my clock and on the other's, and where a 1-2-1 belongs in the list. Pure; it asks no clock.
import { isolated } from "../ui/isolated";
import type { Meeting } from "./laid-over";

const DAY_AND_TIME = { weekday: "short", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" } as const;

/** A time as a clock in that zone shows it, such as "Mon, 26 April, 15:00". */
export function timeInWords(instant: string, zone: string, locale: string): string {
	return new Intl.DateTimeFormat(locale, { ...DAY_AND_TIME, timeZone: zone }).format(new Date(instant));
}

/** The same on the other's clock, such as "10:00 for Ben", with the day where theirs is another; null where both clocks
 * show the same. */
export function theirTimeInWords(
	instant: string,
	zones: { readonly mine: string; readonly theirs: string | null },
	name: string,
	locale: string,
): string | null {
	if (zones.theirs === null) return null;
	const mine = timeInWords(instant, zones.mine, locale);
	const theirs = timeInWords(instant, zones.theirs, locale);
	if (mine === theirs) return null;
	const clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", timeZone: zones.theirs });
	const isSameDay = dayOf(instant, zones.mine) === dayOf(instant, zones.theirs);
	return `${isSameDay ? clock.format(new Date(instant)) : theirs} for ${isolated(name)}`;
}

function dayOf(instant: string, zone: string): string {
	return new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" }).format(new Date(instant));
}

/** How long it takes, such as "20 minutes". */
export const lengthInWords = (minutes: number): string => (minutes === 60 ? "an hour" : `${minutes} minutes`);

export type Place = "forMe" | "forThem" | "agreed" | "toTell" | "past";

const MINUTE = 60_000;

/** Where it belongs in the list at `now`. */
export function placeOf(meeting: Meeting, now: Date): Place {
	switch (meeting.state) {
		case "PROPOSED":
			return meeting.myTurn ? "forMe" : "forThem";
		case "AGREED": {
			if (meeting.startsAt === null) return "past";
			const begins = Date.parse(meeting.startsAt);
			if (begins + meeting.minutes * MINUTE > now.getTime()) return "agreed";
			return meeting.tookPlace === null ? "toTell" : "past";
		}
		default:
			return "past";
	}
}

/** Whether its time has come: from then on it is not called off any more. */
export const hasBegun = (meeting: Meeting, now: Date): boolean =>
	meeting.startsAt !== null && Date.parse(meeting.startsAt) <= now.getTime();

/** Those of the offered times that are still to come. */
export const stillToCome = (times: readonly string[], now: Date): readonly string[] =>
	times.filter((each) => Date.parse(each) > now.getTime());

/** What became of one that is past, in a word. */
export function outcomeInWords(meeting: Meeting): string {
	if (meeting.state === "DECLINED") return "Not this time";
	if (meeting.state === "CANCELLED") return "Called off";
	return meeting.tookPlace === false ? "Did not take place" : "You met";
}

/** What a `datetime-local` field holds, as an instant; null for what is no time. */
export function instantOf(local: string): string | null {
	const at = new Date(local);
	return Number.isNaN(at.getTime()) ? null : at.toISOString().replace(/\.\d+Z$/, "Z");
}

/** An instant as a `datetime-local` field of this phone holds it. */
export function localOf(instant: Date): string {
	const two = (number: number) => String(number).padStart(2, "0");
	const day = `${instant.getFullYear()}-${two(instant.getMonth() + 1)}-${two(instant.getDate())}`;
	return `${day}T${two(instant.getHours())}:${two(instant.getMinutes())}`;
}

/** Why a time in the calendar does not count any more; of whom it was, nothing may be said. */
export function goneInWords(
	{ startsAt, otherHasLeft }: { readonly startsAt: string; readonly otherHasLeft: boolean },
	zone: string,
	locale: string,
): string {
	const why = otherHasLeft ? "The other one has left Handsel." : "One of you stopped sharing.";
	return `A 1-2-1 on ${timeInWords(startsAt, zone, locale)} does not take place. ${why}`;
}
