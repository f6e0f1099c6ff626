import { describe, expect, test } from "vitest";
import { daysBetween, instantAt, span, wallClock } from "./wall-clock";

describe("an hour at the event", () => {
	test("is an instant by the clocks of its zone", () => {
		expect(instantAt("2027-04-22", "10:30", "Europe/Lisbon")).toBe("2027-04-22T09:30:00Z");
		expect(instantAt("2027-01-22", "10:30", "America/New_York")).toBe("2027-01-22T15:30:00Z");
		expect(instantAt("2027-04-22", "10:30", "Asia/Kathmandu")).toBe("2027-04-22T04:45:00Z");
	});

	test("is the same on the way back", () => {
		for (const zone of ["Europe/Berlin", "Pacific/Apia", "America/St_Johns"]) {
			const instant = instantAt("2027-06-01", "23:45", zone) as string;
			expect(wallClock(instant, zone)).toEqual({ day: "2027-06-01", time: "23:45" });
		}
	});

	test("that clocks leave out or show twice is still one instant", () => {
		expect(instantAt("2027-03-28", "02:30", "Europe/Berlin")).toBe("2027-03-28T01:30:00Z");
		expect(instantAt("2027-10-31", "02:30", "Europe/Berlin")).toBe("2027-10-31T00:30:00Z");
	});

	test("is nothing where none was written", () => {
		expect(instantAt("2027-04-22", "", "Europe/Lisbon")).toBeNull();
		expect(instantAt("soon", "10:00", "Europe/Lisbon")).toBeNull();
	});
});

test("a session that ends before it starts goes on past midnight", () => {
	expect(span({ day: "2027-04-22", from: "22:00", until: "01:00" }, "Europe/Lisbon")).toEqual({
		startsAt: "2027-04-22T21:00:00Z",
		endsAt: "2027-04-23T00:00:00Z",
	});
});

test("an event's days are those of its own calendar", () => {
	expect(daysBetween("2027-04-22T08:00:00Z", "2027-04-23T23:30:00Z", "Europe/Lisbon")).toEqual([
		"2027-04-22",
		"2027-04-23",
		"2027-04-24",
	]);
});
