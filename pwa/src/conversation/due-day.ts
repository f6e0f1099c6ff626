// The days that a promise may be due: today, the end of this week, or one that is picked; all in the event's zone.
import { eventDay } from "../app/event-time";

const DAY = 24 * 60 * 60 * 1000;

/** The event's local day of `now`, as YYYY-MM-DD. */
export const today = (now: Date, timezone: string): string => eventDay(now, timezone);

/** The Friday of this week, or the one after when it is Friday already or the weekend. */
export function thisWeek(now: Date, timezone: string): string {
	const noon = new Date(`${eventDay(now, timezone)}T12:00:00Z`);
	const FRIDAY = 5;
	const ahead = (FRIDAY - noon.getUTCDay() + 7) % 7 || 7;
	return new Date(noon.getTime() + ahead * DAY).toISOString().slice(0, 10);
}

/** A day as it is shown, such as "Friday 23 April". */
export function dayInWords(day: string, locale: string): string {
	return new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" }).format(
		new Date(`${day}T12:00:00Z`),
	);
}
