import { describe, expect, test } from "vitest";
import { backOff, forgetAt, isNearEnough, pace } from "./keeping-up";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const times = { startsAt: 100 * DAY, endsAt: 101 * DAY };

describe("keeping the vault up to date", () => {
	test("takes a few minutes at most from twelve hours before the start to the end", () => {
		for (const now of [times.startsAt - 12 * HOUR, times.startsAt, times.endsAt]) {
			expect(pace(times, now)).toBeLessThanOrEqual(5 * MINUTE);
		}
	});

	test("is slower in the days before, and slower still long before", () => {
		const days = pace(times, times.startsAt - 3 * DAY);
		expect(days).toBeGreaterThan(5 * MINUTE);
		expect(pace(times, times.startsAt - 60 * DAY)).toBeGreaterThan(days);
	});

	test("waits longer after each failure, but never for long, and never as long as every other phone", () => {
		expect(backOff(1, 0.5)).toBeLessThan(backOff(2, 0.5));
		expect(backOff(50, 1)).toBeLessThanOrEqual(10 * MINUTE);
		expect(backOff(3, 0)).toBeLessThan(backOff(3, 1));
	});

	test("lets badges be opened about the event alone, also by a phone whose clock is a day off", () => {
		expect(isNearEnough(times, times.startsAt - 36 * HOUR)).toBe(true);
		expect(isNearEnough(times, times.startsAt - 37 * HOUR)).toBe(false);
		expect(isNearEnough(times, times.endsAt + 36 * HOUR)).toBe(true);
		expect(isNearEnough(times, times.endsAt + 37 * HOUR)).toBe(false);
	});

	test("ends twelve hours after the event", () => {
		expect(forgetAt(times)).toBe(times.endsAt + 12 * HOUR);
	});
});
