// What the evening says: its titles, and when it comes, in words. Pure; it asks no clock.
import { dateInWords, dayName, daysUntil, eventDay, timeOfDay } from "../app/event-time";
import { firstName, noonOf } from "../follow-ups/wording";

const NUMBERS = ["No", "One", "Two", "Three", "Four", "Five"];

/** "Thursday evening", and with its date once it is over. */
export function eveningName(day: string, now: Date, timezone: string, locale: string): string {
	if (day === eventDay(now, timezone)) return `${dayName(noonOf(day), "UTC", locale)} evening`;
	return `The evening of ${dateInWords(noonOf(day), "UTC", locale)}`;
}

/** "Three things for tonight", by how many are still open. */
export function titleFor(open: number, isTonight: boolean): string {
	const things = `${NUMBERS[open] ?? open} ${open === 1 ? "thing" : "things"}`;
	return `${things} ${isTonight ? "for tonight" : "left from that evening"}`;
}

/** How long it takes, and that it ends. */
export function lengthOf(open: number): string {
	if (open === 1) return "A minute or two. Then that’s all.";
	if (open === 2) return "About three minutes. Then that’s all.";
	return "About five minutes. Then that’s all.";
}

/** Whom one could ask later, and what opens it. */
export function askWaitsFor(name: string): string {
	const first = firstName(name);
	return `${first} offers something you look for. Asking opens here once you have given ${first} something: an answer, a link, a good word.`;
}

/** When the list comes, such as "Tonight at 20:00"; with the zone's city where the phone is on another clock. */
export function comesAt(readyAt: Date, now: Date, timezone: string, locale: string, phoneZone: string): string {
	const time = timeOfDay(readyAt, timezone, locale);
	const days = daysUntil(readyAt, now, timezone);
	const isElsewhere = timeOfDay(readyAt, phoneZone, locale) !== time;
	const place = isElsewhere ? `, ${timezone.split("/").at(-1)?.replaceAll("_", " ")} time` : "";
	return `${dayOfTheHour(readyAt, days, timezone, locale)} at ${time}${place}`;
}

function dayOfTheHour(readyAt: Date, days: number, timezone: string, locale: string): string {
	if (days === 1) return "Tomorrow";
	if (days !== 0) return dateInWords(readyAt, timezone, locale);
	const hour = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", hourCycle: "h23", timeZone: timezone });
	return Number(hour.format(readyAt)) >= 17 ? "Tonight" : "Today";
}
