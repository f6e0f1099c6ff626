// How ready this phone is for flight mode, in one small line. It says what is so, with its true time, and never more.
import { appLocale, dateInWords, daysUntil, timeOfDay } from "../app/event-time";
import type { Fetched } from "../offline/vault/fetching";

export interface Readiness {
	/** What the phone holds; null before it holds anything. */
	readonly vault: { readonly cards: number; readonly checkedAt: number } | null;
	readonly progress: { readonly done: number; readonly of: number } | null;
	/** How the last look ended; null before the first. */
	readonly last: Fetched | null;
}

/** A handful of changes is not worth a word. */
const MUCH = 250;

const WHY: Partial<Record<Fetched, string>> = {
	offline: "The cards come with the next connection.",
	busy: "The server is busy; it is tried again by itself.",
	full: "This phone’s storage is full. Free some space; it is tried again by itself.",
	unable: "This browser keeps nothing, perhaps because the window is private. Scanning needs a connection here.",
	left: "The server gives no cards to you at this event.",
};

const cards = (count: number, locale: string): string =>
	count === 1 ? "1 card" : `${count === 0 ? "no" : new Intl.NumberFormat(locale).format(count)} cards`;

/** "10:32" of the same day, else the day as well. */
function when(then: Date, now: Date, timezone: string, locale: string): string {
	const time = timeOfDay(then, timezone, locale);
	const days = daysUntil(then, now, timezone);
	if (days === 0) return time;
	return days === -1 ? `yesterday ${time}` : `${dateInWords(then, timezone, locale)}, ${time}`;
}

/** The line, or null while nothing is known yet. `timezone` is the event's. */
export function readinessInWords(
	{ vault, progress, last }: Readiness,
	now: Date,
	timezone: string,
	locale: string = appLocale(),
): string | null {
	if (progress !== null && (vault === null || progress.of > MUCH)) {
		const { done, of } = progress;
		return `Getting ready for flight mode · ${new Intl.NumberFormat(locale).format(done)} of ${cards(of, locale)}`;
	}
	if (vault !== null) {
		const at = when(new Date(vault.checkedAt), now, timezone, locale);
		const line = `Ready for flight mode · ${cards(vault.cards, locale)} · ${at}`;
		return last === "full" ? `${line}. Newer ones do not fit: this phone’s storage is full.` : line;
	}
	if (last === null) return null;
	return ["Not ready for flight mode yet.", WHY[last]].filter(Boolean).join(" ");
}
