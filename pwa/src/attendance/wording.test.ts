import { describe, expect, test } from "vitest";
import {
	dayChoice,
	dayInWords,
	filters,
	insideLabel,
	lineInWords,
	missingLabel,
	totalInWords,
	walkInsInWords,
	whenOf,
} from "./wording";

const LISBON = "Europe/Lisbon";
const line = (isLive: boolean, asOf: string | null, isOffline = false) =>
	lineInWords({ isLive, asOf: asOf === null ? null : new Date(asOf), isOffline }, LISBON, "en-GB");

describe("the line", () => {
	test("says that figures are live, with the event's time", () => {
		expect(line(true, "2026-04-22T09:42:00Z")).toBe("Live · 10:42");
	});

	test("says since when they are old while the socket is away", () => {
		expect(line(false, "2026-04-22T09:41:00Z")).toBe("Reconnecting; figures as of 10:41");
	});

	test("claims no time where the phone only remembers", () => {
		expect(line(false, null)).toBe("Connecting");
		expect(line(false, null, true)).toBe("No connection; these figures are older");
	});
});

describe("people who have not come", () => {
	test("are called no-shows only when the day is over", () => {
		expect(missingLabel(false)).toBe("Not yet");
		expect(missingLabel(true)).toBe("No-shows");
	});
});

test("nobody is said to be here on a day that is over", () => {
	expect(insideLabel(false)).toBe("Here now");
	expect(insideLabel(true)).toBe("Not scanned out");
});

test("who is here is a filter only where people are scanned out", () => {
	const names = (scansPeopleOut: boolean, isFinal = false) => filters(scansPeopleOut, isFinal).map(({ name }) => name);
	expect(names(true)).toEqual(["All", "Here", "Left", "Not yet", "Came", "Cancelled"]);
	expect(names(true, true)).toEqual(["All", "Not scanned out", "Left", "No-shows", "Came", "Cancelled"]);
	expect(names(false)).toEqual(["All", "Not yet", "Came", "Cancelled"]);
});

describe("a row", () => {
	const nine = "2026-04-22T08:12:00Z";
	const when = (row: Parameters<typeof whenOf>[0], isFinal = false) => whenOf(row, LISBON, "en-GB", isFinal);

	test("says since when somebody is there, and when they left", () => {
		expect(when({ state: "CHECKED_IN", firstInAt: nine, lastSeenAt: nine })).toEqual({
			since: "09:12",
			left: null,
			isTime: true,
		});
		expect(when({ state: "CHECKED_OUT", firstInAt: nine, lastSeenAt: "2026-04-22T14:10:00Z" }).left).toBe("left 15:10");
	});

	test("says who has not come, and later who did not", () => {
		const away = { state: "REGISTERED", firstInAt: null, lastSeenAt: null } as const;
		expect(when(away).since).toBe("Not yet");
		expect(when(away, true).since).toBe("Did not come");
	});

	test("says who was cancelled", () => {
		expect(when({ state: "CANCELLED", firstInAt: null, lastSeenAt: null }).since).toBe("Cancelled");
	});
});

test("days are written as choices and in words", () => {
	expect(dayChoice("2026-04-22", "en-GB")).toBe("Wed 22 Apr");
	expect(dayInWords("2026-04-22", "en-GB")).toBe("Wednesday 22 April");
});

test("numbers have their nouns", () => {
	expect(walkInsInWords(0)).toBeNull();
	expect(walkInsInWords(1)).toBe("1 of them a walk-in");
	expect(walkInsInWords(9)).toBe("9 of them walk-ins");
	expect(totalInWords(1, "")).toBe("1 person");
	expect(totalInWords(0, " ")).toBe("Nobody");
	expect(totalInWords(0, "zo")).toBe("Nobody of that name");
});
