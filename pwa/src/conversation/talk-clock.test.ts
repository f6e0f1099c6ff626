import { beforeEach, describe, expect, test } from "vitest";
import { beganAt, Opened, untilClosing } from "./talk-clock";

const MINUTE = 60_000;
const scanned = Date.parse("2027-04-22T10:00:00Z");
const first = { id: "s", swappedAt: "2027-04-22T10:00:00Z", conversations: 1 };

beforeEach(() => sessionStorage.clear());

describe("a talk", () => {
	test("began with the scan, also when the phone opens it later", () => {
		expect(beganAt(first, scanned + 5 * MINUTE)).toBe(scanned);
	});

	test("on another day began when it was opened", () => {
		expect(beganAt({ ...first, conversations: 2 }, scanned + 90 * MINUTE)).toBe(scanned + 90 * MINUTE);
	});

	test("did not begin in the future, whatever the phone's clock says", () => {
		expect(beganAt(first, scanned - MINUTE)).toBe(scanned - MINUTE);
	});

	test.each([
		["before its time", 12, 3 * MINUTE],
		["at its time", 15, 0],
		["a while past it", 40, 0],
		["read again in the evening", 300, null],
	] as const)("is looked at %s", (_, after, left) => {
		expect(untilClosing(scanned, 15, scanned + after * MINUTE)).toBe(left);
	});
});

describe("opening it", () => {
	test("counts from the first time, also after the page was loaded anew", () => {
		expect(new Opened(first).at(scanned)).toBe(scanned);
		expect(new Opened(first).at(scanned + MINUTE)).toBe(scanned);
		expect(new Opened({ ...first, conversations: 2 }).at(scanned + MINUTE)).toBe(scanned + MINUTE);
	});

	test("knows that the line was put away", () => {
		expect(new Opened(first).isPutAway).toBe(false);
		new Opened(first).putAway();
		expect(new Opened(first).isPutAway).toBe(true);
	});
});
