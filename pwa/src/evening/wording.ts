// What the evening says: titles, days and times in words, and a follow-up's reason taken apart. Pure; it asks no clock.
import { dateInWords, dayName, daysUntil, eventDay, timeOfDay } from "../app/event-time";
import type { FollowUp } from "./evening-list.svelte";

const NUMBERS = ["No", "One", "Two", "Three", "Four", "Five"];
const DAY = 24 * 60 * 60 * 1000;

/** A calendar day as an instant to write it from; noon, so that no zone's summer time moves it. */
const noonOf = (day: string): Date => new Date(`${day}T12:00:00Z`);

/** The calendar day so many days later, as YYYY-MM-DD. */
export function daysAfter(day: string, days: number): string {
	return new Date(noonOf(day).getTime() + days * DAY).toISOString().slice(0, 10);
}

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

const CLOSING: Record<string, string> = { "“": "”", "„": "“", "«": "»", "「": "」" };

interface Parts {
	/** Why this, without a full stop: it stands as a label. */
	readonly why: string;
	/** The words it grew from; null where there are none. */
	readonly words: string | null;
	/** Whether the words were somebody's own line, and stand in quotation marks. */
	readonly isQuoted: boolean;
}

/** A reason taken apart: what it quotes stands at its end, after a colon. */
export function partsOf(reason: string): Parts {
	const colon = reason.indexOf(":");
	const words = colon < 0 ? "" : reason.slice(colon + 1).trim();
	if (words === "") return { why: reason.trim().replace(/\.$/, ""), words: null, isQuoted: false };
	const why = reason.slice(0, colon).trim();
	const closing = CLOSING[words.charAt(0)];
	const isQuoted = closing !== undefined && words.length > 2 && words.endsWith(closing);
	return { why, words: isQuoted ? words.slice(1, -1) : words, isQuoted };
}

type Titled = Pick<FollowUp, "kind" | "reason"> & { readonly swap: { readonly card: { readonly name: string } } };

/** What it is about, in a line. */
export function subjectOf({ kind, reason, swap }: Titled): string {
	const { words, isQuoted } = partsOf(reason);
	if (words !== null) return isQuoted ? `“${words}”` : words;
	const name = firstName(swap.card.name);
	return kind === "MEET" ? `Twenty minutes with ${name}` : name;
}

export const firstName = (name: string): string => name.trim().split(/\s+/)[0] ?? name;

/** A day to come, such as "tomorrow" or "Friday 24 April". */
export function dayToCome(day: string, today: string, locale: string): string {
	return day === daysAfter(today, 1) ? "tomorrow" : dateInWords(noonOf(day), "UTC", locale);
}

/** The same where there is little room, such as "Fri 24 Apr". */
function shortDay(day: string, today: string, locale: string): string {
	if (day === daysAfter(today, 1)) return "tomorrow";
	const format = { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" } as const;
	return new Intl.DateTimeFormat(locale, format).format(noonOf(day)).replace(",", "");
}

/** What became of it, for the list of an evening that is done. */
export function outcomeOf({ state, dueOn }: Pick<FollowUp, "state" | "dueOn">, today: string, locale: string): string {
	switch (state) {
		case "OPEN":
			return "Open";
		case "DONE":
			return "Done";
		case "LATER":
			return dueOn > today ? `Later, ${shortDay(dueOn, today, locale)}` : "Later";
		case "DISMISSED":
			return "Let go";
	}
}
