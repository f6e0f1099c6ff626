import { expect, test } from "vitest";
import { bucketInWords, curveInWords, pointsOf, quarterInWords } from "./curve";

const bucket = (startsAt: string, arrivals: number) => ({ startsAt, arrivals, departures: 0 });
const nine = bucket("2026-04-22T08:00:00Z", 4);
const quarterPast = bucket("2026-04-22T08:15:00Z", 9);

test("a count stands in the middle of its quarter of an hour", () => {
	const [times = [], counts] = pointsOf([nine, quarterPast], false);
	expect(counts).toEqual([0, 4, 9, 0]);
	expect(times[1]).toBe(Date.parse("2026-04-22T08:07:30Z") / 1000);
	expect(times).toEqual([...times].sort((a, b) => a - b));
});

test("a single quarter of an hour is a hill as well, and none is nothing", () => {
	expect(pointsOf([nine], false)[1]).toEqual([0, 4, 0]);
	expect(pointsOf([], false)).toEqual([[], []]);
	expect(pointsOf([], true)).toEqual([[], [], []]);
});

test("a quarter of an hour is said in the event's time", () => {
	expect(quarterInWords(nine.startsAt, "Europe/Lisbon", "en-GB")).toBe("09:00 to 09:15");
});

test("the curve is told in a sentence", () => {
	const told = (...buckets: (typeof nine)[]) => curveInWords(buckets, "Europe/Lisbon", "en-GB");
	expect(told(nine, quarterPast)).toBe("Most came from 09:15 to 09:30: 9 arrivals.");
	expect(told(bucket(nine.startsAt, 1))).toBe("Most came from 09:00 to 09:15: 1 arrival.");
	expect(told()).toBe("No arrivals.");
	expect(told(bucket(nine.startsAt, 0))).toBe("No arrivals.");
});

test("where people are scanned out leaving is a curve as well", () => {
	const busy = { ...nine, departures: 3 };
	expect(pointsOf([busy], true).slice(1)).toEqual([
		[0, 4, 0],
		[0, 3, 0],
	]);
	expect(bucketInWords(busy, "Europe/Lisbon", "en-GB", true)).toBe("09:00 to 09:15: 4 came, 3 left");
	expect(bucketInWords(busy, "Europe/Lisbon", "en-GB", false)).toBe("09:00 to 09:15: 4");
});
