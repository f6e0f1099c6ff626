// What the Badges screen says about numbers, papers and times. Pure.
import { timeOfDay } from "../app/event-time";
import type { Overview, Paper, Sheets, Wanted } from "./printing.svelte";

export const count = (number: number, one: string, more: string): string => `${number} ${number === 1 ? one : more}`;

/** The choices of whose badges to print, those first that are wanted most. */
export function choices(overview: Overview): readonly { wanted: Wanted; name: string; badges: number }[] {
	return [
		{ wanted: "NEW", name: "Badges never printed", badges: overview.newBadges },
		{ wanted: "NEW_WALK_INS", name: "Walk-ins without a printed badge", badges: overview.newWalkIns },
		{ wanted: "ALL", name: "Everybody’s badge", badges: overview.badges },
	];
}

/** "12 badges on 2 pages" */
export function amount(badges: number, paper: Paper): string {
	const pages = Math.ceil(badges / (paper.columns * paper.rows));
	return `${count(badges, "badge", "badges")} on ${count(pages, "page", "pages")}`;
}

/** Where the sheets are, in a sentence. */
export function progress(sheets: Sheets): string {
	if (sheets.state === "WAITING") return `${count(sheets.badges, "badge", "badges")}, waiting for their turn`;
	return `${sheets.drawn} of ${count(sheets.badges, "badge", "badges")} drawn`;
}

/** A day and a time, such as "22 Apr, 10:32". */
export function instant(written: string, timezone: string, locale: string): string {
	const then = new Date(written);
	const day = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: timezone }).format(then);
	return `${day}, ${timeOfDay(then, timezone, locale)}`;
}

/** From whose hands a print came. */
export const handsOf = (by: "ORGANIZER" | "HOST"): string =>
	by === "HOST" ? "the host of the server" : "an organizer of the event";

/** The kind of ticket, or what stands in its place. */
export const ticketOf = (holder: { ticketType: string | null; walkIn: boolean }): string =>
	holder.ticketType ?? (holder.walkIn ? "Walk-in" : "Ticket");

/** "1 badge", "412 badges" */
export const printsInWords = (badges: number): string => count(badges, "badge", "badges");
