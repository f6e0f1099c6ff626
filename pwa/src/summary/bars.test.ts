import { expect, test } from "vitest";
import { barsOf, byHour, HEIGHT, WIDTH } from "./bars";

const bucket = (minutes: number, arrivals: number, departures = 0) => ({
	startsAt: new Date(Date.parse("2027-04-22T08:00:00Z") + minutes * 60_000).toISOString(),
	arrivals,
	departures,
});
const on = { minutes: 15, withDepartures: true, timezone: "Europe/Lisbon", locale: "en-GB" };

test("every bar stands within the picture, and departures hang below the ground", () => {
	const { bars, ground } = barsOf([bucket(0, 37), bucket(15, 4, 12), bucket(30, 0, 3)], on);
	expect(bars).toHaveLength(3);
	for (const { x, width, arrivals, departures } of bars) {
		expect(x + width).toBeLessThanOrEqual(WIDTH);
		expect(arrivals).toBeLessThanOrEqual(ground);
		expect(ground + departures).toBeLessThanOrEqual(HEIGHT);
	}
	expect(bars[1]?.departures).toBeGreaterThan(0);
});

test("where people are not scanned out the ground is at the bottom", () => {
	const { ground, bars } = barsOf([bucket(0, 5, 9)], { ...on, withDepartures: false });
	expect(ground).toBe(HEIGHT);
	expect(bars[0]?.departures).toBe(0);
});

test("full hours are named in the event's time, and not more than can be read", () => {
	const short = barsOf([bucket(0, 1), bucket(15, 1), bucket(30, 1), bucket(45, 1), bucket(60, 1)], on);
	expect(short.hours.map(({ label }) => label)).toEqual(["09:00", "10:00"]);
	const long = barsOf(
		Array.from({ length: 96 }, (_, index) => bucket(index * 15, 1)),
		on,
	);
	expect(long.hours.length).toBeLessThanOrEqual(9);
});

test("the side is marked in steps that read well", () => {
	expect(barsOf([bucket(0, 37)], on).heights.map(({ label }) => label)).toEqual(["0", "10", "20", "30", "40"]);
	expect(barsOf([], on).bars).toEqual([]);
});

test("the table beneath counts by the hour", () => {
	expect(byHour([bucket(45, 1, 2), bucket(60, 3), bucket(75, 4, 1)], 15)).toEqual([
		{ startsAt: "2027-04-22T08:00:00.000Z", arrivals: 1, departures: 2 },
		{ startsAt: "2027-04-22T09:00:00.000Z", arrivals: 7, departures: 1 },
	]);
});
