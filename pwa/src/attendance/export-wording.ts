// What is said of files of attendance. Pure.
import { daysUntil, timeOfDay } from "../app/event-time";
import type { Contents, Export, Format } from "./exporting.svelte";
import { dayChoice } from "./wording";

export const contentsChoices: readonly { contents: Contents; name: string; says: string }[] = [
	{ contents: "PEOPLE", name: "People", says: "A line for each person and day: ticket, first in, last scan, door." },
	{
		contents: "SCANS",
		name: "Every scan",
		says: "A line for each scan, refused ones too: both times, door, helper, verdict.",
	},
];

export const formatChoices: readonly { format: Format; name: string }[] = [
	{ format: "XLSX", name: "Excel (XLSX)" },
	{ format: "CSV", name: "CSV" },
];

/** "People of Thu 22 Apr, Excel" */
export function whatIsIn({ contents, format, on }: Pick<Export, "contents" | "format" | "on">, locale: string): string {
	const what = contents === "PEOPLE" ? "People" : "Every scan";
	const of = on === null ? "" : ` of ${dayChoice(on, locale)}`;
	return `${what}${of}, ${format === "XLSX" ? "Excel" : "CSV"}`;
}

/** "1.2 MB", "12 kB" */
export function sizeInWords(bytes: number, locale: string): string {
	const isLarge = bytes >= 1_000_000;
	const number = new Intl.NumberFormat(locale, { maximumFractionDigits: isLarge ? 1 : 0 });
	return `${number.format(isLarge ? bytes / 1_000_000 : Math.max(1, bytes / 1_000))} ${isLarge ? "MB" : "kB"}`;
}

/** How far a file is, for under its bar. */
export function progressInWords({ state, lines, written }: Export, locale: string): string {
	if (state === "WAITING" || lines === 0) return "Waiting for its turn";
	const number = new Intl.NumberFormat(locale);
	return `${number.format(written)} of ${number.format(lines)} lines`;
}

/** What became of a file, for the log. */
export function fate({ state, fetchedAt }: Pick<Export, "state" | "fetchedAt">): string {
	if (state === "FAILED") return "not made";
	if (state === "WAITING" || state === "MAKING") return "being written";
	return fetchedAt === null ? "not saved by anybody" : "saved";
}

/** When the server deletes a file: "today at 10:41", "tomorrow at 10:41". */
export function untilInWords(
	{ keptUntil }: Pick<Export, "keptUntil">,
	now: Date,
	timezone: string,
	locale: string,
): string {
	const then = new Date(keptUntil);
	const day = daysUntil(then, now, timezone) > 0 ? "tomorrow" : "today";
	return `${day} at ${timeOfDay(then, timezone, locale)}`;
}

/** Who asked for it, and when. */
export function whoAndWhen({ askedBy, askedAt, mine }: Export, timezone: string, locale: string): string {
	const then = new Date(askedAt);
	const day = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: timezone }).format(then);
	const who = mine ? "You" : askedBy === null ? "Somebody whose account is gone" : askedBy || "An organizer";
	return `${who}, ${day}, ${timeOfDay(then, timezone, locale)}`;
}
