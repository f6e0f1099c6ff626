// What a door tells its helper about one scan: colour, shape and words for each verdict. Pure; it decides nothing.

import { timeOfDay } from "../app/event-time";
import type { CheckIn } from "../graphql/documents.generated";
import type { Data } from "../graphql/trusted";

export type CheckedIn = Data<typeof CheckIn>;
type Verdict = CheckedIn["verdict"];

/** `go` is green, `look` is clay, `stop` is red, `plain` is paper. */
export type Tone = "go" | "look" | "stop" | "plain";
export type Shape = "check" | "clock" | "cross" | "question" | "out" | "back";

export interface Told {
	readonly id: string;
	readonly tone: Tone;
	readonly shape: Shape;
	readonly word: string;
	/** Whose ticket it is, the largest thing on the screen; null where it is nobody's here: then the word is. */
	readonly name: string | null;
	/** The ticket's kind, or what to do. */
	readonly line: string | null;
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
};

/** What to show. Times are said in the event's zone. */
export function tell(checkIn: CheckedIn, timezone: string, locale: string): Told {
	const { id, verdict, name, ticketType } = checkIn;
	const { tone, shape, word, hint } = LOOKS[verdict];
	const since = verdict === "ALREADY_IN" ? sinceInWords(checkIn, timezone, locale) : null;
	const wasNeverIn = verdict === "CHECKED_OUT" && checkIn.firstInAt === null;
	return {
		id,
		tone,
		shape,
		word: since === null ? word : `${word}, ${since}`,
		name,
		line: hint ?? (wasNeverIn ? "They had not been scanned in." : ticketType),
		canUndo: verdict === "ADMITTED" || verdict === "CHECKED_OUT",
	};
}

/** "9:12 at Garden gate"; null where nothing is known of it. */
function sinceInWords({ firstInAt, door }: CheckedIn, timezone: string, locale: string): string | null {
	if (firstInAt === null) return null;
	const time = timeOfDay(new Date(firstInAt), timezone, locale);
	return door === null ? `since ${time}` : `${time} at ${door.name}`;
}

/** All of it as one breath, for screen readers. */
export const aloud = ({ word, name, line }: Told): string => [word, name, line].filter(Boolean).join(". ");

/** Milliseconds until the camera is back by itself: a refusal has more to read. */
export const shownFor = ({ tone }: Told): number => (tone === "go" ? 2500 : 3000);

/** The size in which a name stands: the largest that lets it wrap on a phone. */
export function sizeOf(name: string): "largest" | "large" | "long" {
	const longestWord = Math.max(...name.split(/[\s-]+/).map((word) => word.length));
	if (name.length > 48 || longestWord > 18) return "long";
	return name.length > 26 || longestWord > 11 ? "large" : "largest";
}
