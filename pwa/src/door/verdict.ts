// What a door tells its helper about one scan: colour, shape and words for each verdict. Pure; it decides nothing.

import { timeOfDay, timeSeenFrom } from "../app/event-time";
import type { CheckIn } from "../graphql/documents.generated";
import type { Data } from "../graphql/trusted";

export type CheckedIn = Data<typeof CheckIn>;

/** UNCHECKED: this phone has no list yet and the server gave no answer. */
export type Verdict = CheckedIn["verdict"] | "UNCHECKED";

/** A verdict with what is said beside it, from the server or from this phone's own list. */
export interface Judged {
	readonly verdict: Verdict;
	readonly name: string | null;
	readonly ticketType: string | null;
	/** RFC 3339. */
	readonly firstInAt: string | null;
	readonly door: { readonly name: string } | null;
	readonly badgePrintedAt: string | null;
}

/** `go` is green, `look` is clay, `stop` is red, `plain` is paper. */
export type Tone = "go" | "look" | "stop" | "plain";
export type Shape = "check" | "clock" | "cross" | "question" | "out" | "back" | "waiting";

export interface Told {
	/** The scan's key. */
	readonly key: string;
	readonly verdict: Verdict;
	/** Judged by this phone alone; the server's word is still to come. */
	readonly isOwn: boolean;
	readonly tone: Tone;
	readonly shape: Shape;
	readonly word: string;
	/** Whose ticket it is, the largest thing on the screen; null where it is nobody's here: then the word is. */
	readonly name: string | null;
	/** The ticket's kind, or what to do. */
	readonly line: string | null;
	/** About their badge, where badges are printed at this event. */
	readonly badge: string | null;
	readonly canUndo: boolean;
}

interface Look {
	readonly tone: Tone;
	readonly shape: Shape;
	readonly word: string;
	/** What to do, where the ticket's kind helps nobody. */
	readonly hint?: string;
}

const LOOKS: Record<Verdict, Look> = {
	ADMITTED: { tone: "go", shape: "check", word: "Welcome" },
	CHECKED_OUT: { tone: "go", shape: "out", word: "Goodbye" },
	ALREADY_IN: { tone: "look", shape: "clock", word: "Already in" },
	CANCELLED: {
		tone: "stop",
		shape: "cross",
		word: "Cancelled",
		hint: "This ticket was cancelled. An organizer can help.",
	},
	NOT_RECOGNISED: {
		tone: "stop",
		shape: "question",
		word: "Not known here",
		hint: "Look at the code once more, or find them by name.",
	},
	NOT_A_TICKET: {
		tone: "look",
		shape: "question",
		word: "This is a badge, not a ticket",
		hint: "Ask for the ticket, or find them by name.",
	},
	WRONG_EVENT: {
		tone: "look",
		shape: "question",
		word: "Another event of yours",
		hint: "The ticket is good, but not for here.",
	},
	UNDONE: { tone: "plain", shape: "back", word: "Taken back" },
	UNCHECKED: {
		tone: "look",
		shape: "waiting",
		word: "Kept, not checked yet",
		hint: "This phone has no list yet and no connection. The scan is kept; decide by the ticket itself.",
	},
};

/** In place of "not known here": a list may be older than a ticket that was bought a minute ago. */
const NOT_ON_THE_LIST: Look = {
	tone: "look",
	shape: "question",
	word: "Not on this phone’s list",
	hint: "It may be new. Find them by name, or let them wait a moment. The scan is kept.",
};

export interface Telling {
	readonly key: string;
	readonly isOwn: boolean;
	/** Badges of this event are being printed, so that it is worth saying who has none. */
	readonly printsBadges: boolean;
	readonly timezone: string;
	readonly locale: string;
	readonly now: Date;
}

/** What to show. Times are said in the event's zone. */
export function tell(judged: Judged, { key, isOwn, printsBadges, timezone, locale, now }: Telling): Told {
	const { verdict, name, ticketType } = judged;
	const { tone, shape, word, hint } = isOwn && verdict === "NOT_RECOGNISED" ? NOT_ON_THE_LIST : LOOKS[verdict];
	const at = (instant: string) => timeOfDay(new Date(instant), timezone, locale);
	// Badges are often printed on an earlier day.
	const printed = (instant: string) => timeSeenFrom(now, new Date(instant), timezone, locale);
	const since = verdict === "ALREADY_IN" ? sinceInWords(judged, at) : null;
	const wasNeverIn = verdict === "CHECKED_OUT" && judged.firstInAt === null;
	const isLetIn = verdict === "ADMITTED";
	return {
		key,
		verdict,
		isOwn,
		tone,
		shape,
		word: since === null ? word : `${word}, ${since}`,
		name,
		line: hint ?? (wasNeverIn ? "They had not been scanned in." : ticketType),
		badge: isLetIn ? badgeInWords(judged.badgePrintedAt, printsBadges, printed) : null,
		canUndo: isLetIn || verdict === "CHECKED_OUT",
	};
}

/** "9:12 at Garden gate"; null where nothing is known of it. */
function sinceInWords({ firstInAt, door }: Judged, at: (instant: string) => string): string | null {
	if (firstInAt === null) return null;
	return door === null ? `since ${at(firstInAt)}` : `${at(firstInAt)} at ${door.name}`;
}

function badgeInWords(printedAt: string | null, printsBadges: boolean, at: (instant: string) => string): string | null {
	if (printedAt !== null) return `Badge printed ${at(printedAt)}`;
	return printsBadges ? "No badge printed yet" : null;
}

/** All of it as one breath, for screen readers. */
export const aloud = ({ word, name, line, badge, isOwn }: Told): string =>
	[word, name, line, badge, isOwn ? "Judged by this phone" : null].filter(Boolean).join(". ");

/** Milliseconds until the camera is back by itself: a refusal has more to read. */
export const shownFor = ({ tone }: Told): number => (tone === "go" ? 2500 : 3000);

/** The size in which a name stands: the largest that lets it wrap on a phone. */
export function sizeOf(name: string): "largest" | "large" | "long" {
	const longestWord = Math.max(...name.split(/[\s-]+/).map((word) => word.length));
	if (name.length > 48 || longestWord > 18) return "long";
	return name.length > 26 || longestWord > 11 ? "large" : "largest";
}
