import { expect, test } from "vitest";
import {
	comparedInWords,
	comparedPoints,
	fromStart,
	scanTime,
	stayExplained,
	stayInWords,
	ticketName,
	wasRefused,
} from "./closer-wording";

test("a stay is said in hours and minutes", () => {
	expect([45, 180, 190].map(stayInWords)).toEqual(["45 min", "3 h", "3 h 10 min"]);
});

test("a stay says what it does not say", () => {
	expect(stayExplained(88)).toBe(
		"Half of the 88 who were scanned out stayed longer. It does not count who left without a scan.",
	);
	expect(stayExplained(1)).toMatch(/^The one who was scanned out\./);
});

test("a place along the day is said from its start", () => {
	expect([-15, 0, 90].map(fromStart)).toEqual(["15 min before", "start", "1 h 30 min in"]);
});

test("two editions are told apart in a sentence, while it goes on and afterwards", () => {
	const last = { came: 412, cameByThen: 212 };
	expect(comparedInWords({ came: 240, isFinal: false }, last)).toBe(
		"28 more than last time at this point: 240 so far, 212 then, and 412 by its end.",
	);
	expect(comparedInWords({ came: 212, isFinal: false }, last)).toMatch(/^As many as last time at this point/);
	expect(comparedInWords({ came: 400, isFinal: true }, { ...last, cameByThen: null })).toBe(
		"12 fewer than last time: 400 came, and 412 then.",
	);
});

test("both curves begin and end on the ground, over the same places", () => {
	const bucket = { minutesFromStart: -15, arrivals: 2, lastArrivals: 5 };
	expect(comparedPoints([bucket, { minutesFromStart: 0, arrivals: 1, lastArrivals: 0 }])).toEqual([
		[-22.5, -7.5, 7.5, 22.5],
		[0, 2, 1, 0],
		[0, 5, 0, 0],
	]);
	expect(comparedPoints([])).toEqual([[], [], []]);
});

test("a late scan says when it was made and when it came", () => {
	const scan = { scannedAt: "2027-04-22T08:00:00Z", receivedAt: "2027-04-22T08:10:00Z", offline: true };
	const all = { id: "1", door: "Main door", verdict: "ADMITTED", name: null, ticketType: null } as const;
	expect(scanTime({ ...all, ...scan }, "Europe/Lisbon", "en-GB")).toBe("09:00, here 09:10");
	const nextDay = { ...scan, receivedAt: "2027-04-24T08:10:00Z" };
	expect(scanTime({ ...all, ...nextDay }, "Europe/Lisbon", "en-GB")).toMatch(/^09:00, here [A-Z][a-z]{2} 09:10$/);
	expect(scanTime({ ...all, ...scan, offline: false }, "Europe/Lisbon", "en-GB")).toBe("09:00");
});

test("tickets of no kind are named by how they were made, and refusals are told from the rest", () => {
	expect(ticketName({ name: null, walkIns: true })).toBe("Walk-in");
	expect(ticketName({ name: null, walkIns: false })).toBe("Ticket");
	expect(wasRefused("NOT_RECOGNISED")).toBe(true);
	expect(wasRefused("UNDONE")).toBe(false);
});
