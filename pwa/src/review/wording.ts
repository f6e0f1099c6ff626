// What the weekly review says: its titles, times on two clocks, and when it comes, in words. Pure; it asks no clock.
import { dateInWords, timeOfDay } from "../app/event-time";

const NUMBERS = ["No one", "One person", "Two people", "Three people"];
const MINUTES = ["", "About five minutes.", "About ten minutes.", "About fifteen minutes."];
const DAY = 24 * 60 * 60 * 1000;

/** "Three people this week", by how many are still open. */
export const titleFor = (open: number): string => `${NUMBERS[open] ?? `${open} people`} this week`;

/** How long it takes, and that it ends. */
export const lengthOf = (open: number): string => `${MINUTES[open] ?? ""} Then that’s all.`.trim();

/** "Week of 19 April". `weekOf` is its Monday, YYYY-MM-DD. */
export function weekInWords(weekOf: string, locale: string): string {
	const format = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", timeZone: "UTC" });
	return `Week of ${format.format(new Date(`${weekOf}T12:00:00Z`))}`;
}

/** The city of an IANA zone, such as "New York". */
export const cityOf = (zone: string): string => (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");

/** A day where there is little room, such as "Mon 3 May". */
function shortDay(day: Date, zone: string, locale: string): string {
	const format = { weekday: "short", day: "numeric", month: "short", timeZone: zone } as const;
	return new Intl.DateTimeFormat(locale, format).format(day).replace(",", "");
}

/** A time on both clocks, such as "Mon 3 May, 10:00" and, where theirs differs, "18:00 in Tokyo". */
export function onBothClocks(
	start: Date,
	mine: string,
	theirs: string | null,
	locale: string,
): { readonly mine: string; readonly theirs: string | null } {
	const own = `${shortDay(start, mine, locale)}, ${timeOfDay(start, mine, locale)}`;
	if (theirs === null) return { mine: own, theirs: null };
	const time = timeOfDay(start, theirs, locale);
	const day = shortDay(start, theirs, locale);
	if (own === `${day}, ${time}`) return { mine: own, theirs: null };
	const isSameDay = day === shortDay(start, mine, locale);
	return { mine: own, theirs: `${isSameDay ? time : `${day}, ${time}`} in ${cityOf(theirs)}` };
}

/** When the next one comes, such as "The next one comes on Friday at 16:00". */
export function comesNext(nextAt: Date, now: Date, zone: string, locale: string): string {
	const time = timeOfDay(nextAt, zone, locale);
	if (nextAt.getTime() - now.getTime() > 6 * DAY) {
		return `The next one comes on ${dateInWords(nextAt, zone, locale)} at ${time}.`;
	}
	const weekday = new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: zone }).format(nextAt);
	return `The next one comes on ${weekday} at ${time}.`;
}
