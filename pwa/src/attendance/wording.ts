// What the organizer's figures say: names, times and the state of the line, in words. Pure; it asks no clock.
import { dateInWords, timeOfDay } from "../app/event-time";
import type { AttendanceRow } from "./day-rows.svelte";

export type Show = "HERE" | "LEFT" | "NOT_YET" | "CAME" | "CANCELLED";

interface Line {
	/** The socket is open and its figures are the newest. */
	readonly isLive: boolean;
	/** When the figures were last known to hold; null where this phone only remembers them. */
	readonly asOf: Date | null;
	readonly isOffline: boolean;
}

/** Whether what is shown holds now, and if not, since when it is old. */
export function lineInWords({ isLive, asOf, isOffline }: Line, timezone: string, locale: string): string {
	if (asOf === null) return isOffline ? "No connection; these figures are older" : "Connecting";
	const time = timeOfDay(asOf, timezone, locale);
	return isLive ? `Live · ${time}` : `Reconnecting; figures as of ${time}`;
}

/** Those who are expected and have not come: nobody is called a no-show before the day is over. */
export const missingLabel = (isFinal: boolean): string => (isFinal ? "No-shows" : "Not yet");

/** Those who are in and not out. Nobody is here any more once the day is over; who is left in was not scanned out. */
export const insideLabel = (isFinal: boolean): string => (isFinal ? "Not scanned out" : "Here now");

/** The filters that make sense at an event; who is here is known only where people are scanned out. */
export function filters(scansPeopleOut: boolean, isFinal: boolean): readonly { show: Show | null; name: string }[] {
	return [
		{ show: null, name: "All" },
		...(scansPeopleOut
			? [
					{ show: "HERE" as const, name: isFinal ? insideLabel(true) : "Here" },
					{ show: "LEFT" as const, name: "Left" },
				]
			: []),
		{ show: "NOT_YET", name: missingLabel(isFinal) },
		{ show: "CAME", name: "Came" },
		{ show: "CANCELLED", name: "Cancelled" },
	];
}

type When = Pick<AttendanceRow, "state" | "firstInAt" | "lastSeenAt">;

/** Since when somebody is there, and when they left; or that they have not come. */
export function whenOf({ state, firstInAt, lastSeenAt }: When, timezone: string, locale: string, isFinal: boolean) {
	const time = (instant: string | null) => (instant === null ? "" : timeOfDay(new Date(instant), timezone, locale));
	if (state === "CANCELLED") return { since: "Cancelled", left: null, isTime: false };
	if (firstInAt === null) return { since: isFinal ? "Did not come" : "Not yet", left: null, isTime: false };
	return { since: time(firstInAt), left: state === "CHECKED_OUT" ? `left ${time(lastSeenAt)}` : null, isTime: true };
}

/** A day of the event as a choice, such as "Thu 22 Apr". */
export function dayChoice(day: string, locale: string): string {
	const format = { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" } as const;
	return new Intl.DateTimeFormat(locale, format).format(new Date(`${day}T12:00:00Z`)).replace(",", "");
}

/** "Thursday 22 April". */
export const dayInWords = (day: string, locale: string): string =>
	dateInWords(new Date(`${day}T12:00:00Z`), "UTC", locale);

/** "1 of them a walk-in", for under the figure of those who came. */
export function walkInsInWords(walkIns: number): string | null {
	if (walkIns === 0) return null;
	return walkIns === 1 ? "1 of them a walk-in" : `${walkIns} of them walk-ins`;
}

/** How many rows the list has, and what for. */
export function totalInWords(total: number, search: string): string {
	if (total === 0) return search.trim() === "" ? "Nobody" : "Nobody of that name";
	return total === 1 ? "1 person" : `${total} people`;
}
