// What every follow-up says, of an evening or of a week: its reason taken apart, and days to come in words. Pure; it asks
// no clock.
import { dateInWords } from "../app/event-time";
import type { Listed } from "./laid-over";

const DAY = 24 * 60 * 60 * 1000;

/** A calendar day as an instant to write it from; noon, so that no zone's summer time moves it. */
export const noonOf = (day: string): Date => new Date(`${day}T12:00:00Z`);

/** The calendar day so many days later, as YYYY-MM-DD. */
export function daysAfter(day: string, days: number): string {
	return new Date(noonOf(day).getTime() + days * DAY).toISOString().slice(0, 10);
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

type Titled = Pick<Listed, "kind" | "reason"> & { readonly swap: { readonly card: { readonly name: string } } };

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
export function outcomeOf({ state, dueOn }: Pick<Listed, "state" | "dueOn">, today: string, locale: string): string {
	switch (state) {
		case "OPEN":
			return "Left for now";
		case "DONE":
			return "Done";
		case "LATER":
			return dueOn > today ? `Later, ${shortDay(dueOn, today, locale)}` : "Later";
		case "DISMISSED":
			return "Let go";
	}
}
