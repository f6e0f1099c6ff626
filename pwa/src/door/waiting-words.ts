// How a door says how much waits and how fresh its list is. Pure.
import { timeSeenFrom } from "../app/event-time";

/**
 * Always on the screen, so short: "3 waiting", "Offline · 3 waiting"; without anything to say, "All sent". That says as well
 * that the phone needs no network: while it has no list of names of its own, it says so instead.
 */
export const stateInWords = (waiting: number, isOnItsOwn: boolean, hasList = true): string =>
	joined(isOnItsOwn ? "Offline" : "", hasList ? "" : "No list yet", count(waiting)) || "All sent";

/** Beside a verdict: whether this phone judged, and how much waits; nothing where the server judged and all is sent. */
export const markInWords = (waiting: number, isOnItsOwn: boolean, isOwn: boolean): string =>
	joined(isOwn ? "Judged here" : isOnItsOwn ? "Offline" : "", count(waiting));

const count = (waiting: number): string => (waiting === 0 ? "" : `${waiting} waiting`);
const joined = (...words: readonly string[]): string => words.filter(Boolean).join(" · ");

/** In whole sentences: what waits, and that it is safe. */
export function waitingInWords(waiting: number, isDurable: boolean): string {
	if (waiting === 0) return "Everything is sent.";
	const isOne = waiting === 1;
	const things = isOne ? "1 scan waits" : `${waiting} scans wait`;
	if (!isDurable)
		return `${things} to be sent. This phone has no room to keep it: leave the page open until all is sent.`;
	const go = isOne ? "It is safe on this phone and goes" : "They are safe on this phone and go";
	return `${things} to be sent. ${go} by ${isOne ? "itself" : "themselves"}, also after the app was closed.`;
}

/** Whether a kiosk can go on without a network, and since when its list is so. */
export function kioskListInWords(checkedAt: number | null, timezone: string, locale: string, now: Date): string {
	if (checkedAt === null) return "No list is on this tablet yet. It comes with the first connection.";
	return `The list, without names, is on this tablet as of ${timeSeenFrom(now, new Date(checkedAt), timezone, locale)}.`;
}

/** How many people this phone knows by itself, and since when. */
export function listInWords(
	people: number,
	checkedAt: number | null,
	timezone: string,
	locale: string,
	now: Date,
): string {
	if (checkedAt === null) return "No list of names is on this phone yet. It comes with the first connection.";
	const number = new Intl.NumberFormat(locale).format(people);
	const who = people === 1 ? "1 name is" : `${number} names are`;
	return `${who} on this phone’s list, sealed, as of ${timeSeenFrom(now, new Date(checkedAt), timezone, locale)}.`;
}
