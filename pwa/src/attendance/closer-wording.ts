// What a closer look at a day says, in words. Pure; it asks no clock.
import { timeOfDay, timeSeenFrom } from "../app/event-time";
import type { LastEdition, Scan, TicketType } from "./closer.svelte";

/** What a scan at a door came to, in two words at most. */
const VERDICTS: Record<Scan["verdict"], string> = {
	ADMITTED: "Admitted",
	ALREADY_IN: "Already in",
	CANCELLED: "Cancelled",
	NOT_RECOGNISED: "Not recognised",
	NOT_A_TICKET: "Not a ticket",
	WRONG_EVENT: "Other event",
	CHECKED_OUT: "Checked out",
	UNDONE: "Undone",
};

export const verdictInWords = (verdict: Scan["verdict"]): string => VERDICTS[verdict];

/** Whether somebody was let in or out, or it was put right; everything else was refused or said nothing new. */
export const wasRefused = (verdict: Scan["verdict"]): boolean =>
	!["ADMITTED", "ALREADY_IN", "CHECKED_OUT", "UNDONE"].includes(verdict);

/** When it was scanned, and when it arrived where a door was without a network. */
export function scanTime({ scannedAt, receivedAt, offline }: Scan, timezone: string, locale: string): string {
	const scanned = timeOfDay(new Date(scannedAt), timezone, locale);
	const received = timeSeenFrom(new Date(scannedAt), new Date(receivedAt), timezone, locale);
	return offline && scanned !== received ? `${scanned}, here ${received}` : scanned;
}

export const ticketName = ({ name, walkIns }: Pick<TicketType, "name" | "walkIns">): string =>
	name ?? (walkIns ? "Walk-in" : "Ticket");

/** "45 min", "3 h", "3 h 10 min". */
export function stayInWords(minutes: number): string {
	const hours = Math.floor(minutes / 60);
	const rest = minutes % 60;
	if (hours === 0) return `${rest} min`;
	return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** What the figure beside it says, and what it does not. */
export function stayExplained(people: number): string {
	const of = people === 1 ? "The one who was scanned out" : `Half of the ${people} who were scanned out stayed longer`;
	return `${of}. It does not count who left without a scan.`;
}

/** How far from the start, such as "start", "15 min before" or "1 h 30 min in". */
export function fromStart(minutes: number): string {
	if (minutes === 0) return "start";
	return minutes < 0 ? `${stayInWords(-minutes)} before` : `${stayInWords(minutes)} in`;
}

interface Now {
	readonly came: number;
	/** The day is over. */
	readonly isFinal: boolean;
}

/** How this day stands beside the last edition, in a sentence. */
export function comparedInWords({ came, isFinal }: Now, last: Pick<LastEdition, "came" | "cameByThen">): string {
	const then = isFinal ? null : last.cameByThen;
	const difference = came - (then ?? last.came);
	const more = difference === 0 ? "As many as" : `${Math.abs(difference)} ${difference > 0 ? "more" : "fewer"} than`;
	if (then === null) return `${more} last time: ${came} came, and ${last.came} then.`;
	return `${more} last time at this point: ${came} so far, ${then} then, and ${last.came} by its end.`;
}

type Compared = Pick<LastEdition["arrivals"][number], "minutesFromStart" | "arrivals" | "lastArrivals">;

/** Minutes from the start, then this edition's arrivals and the last one's. Both begin and end on the ground. */
export function comparedPoints(buckets: readonly Compared[]): number[][] {
	const [first, last] = [buckets[0], buckets.at(-1)];
	if (first === undefined || last === undefined) return [[], [], []];
	const width = 15;
	return [
		[
			first.minutesFromStart - width / 2,
			...buckets.map((each) => each.minutesFromStart + width / 2),
			last.minutesFromStart + width * 1.5,
		],
		[0, ...buckets.map(({ arrivals }) => arrivals), 0],
		[0, ...buckets.map(({ lastArrivals }) => lastArrivals), 0],
	];
}
