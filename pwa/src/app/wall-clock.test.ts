import { expect, test } from "vitest";
import { instantAt, onTheWall } from "./wall-clock";

test("a time on the wall and its instant lead to each other, in any zone", () => {
	for (const [wall, zone, instant] of [
		["2027-04-22T09:00", "Europe/Lisbon", "2027-04-22T08:00:00Z"],
		["2027-01-22T09:00", "Europe/Lisbon", "2027-01-22T09:00:00Z"],
		["2027-04-22T00:30", "Asia/Kolkata", "2027-04-21T19:00:00Z"],
		["2027-12-31T23:45", "Pacific/Auckland", "2027-12-31T10:45:00Z"],
		["2027-06-01T12:00", "America/St_Johns", "2027-06-01T14:30:00Z"],
	] as const) {
		expect(instantAt(wall, zone)).toBe(instant);
		expect(onTheWall(new Date(instant), zone)).toBe(wall);
	}
});

test("of an hour that comes twice it is the first, and a time that is left out is an hour later on the wall", () => {
	expect(instantAt("2027-10-31T02:30", "Europe/Berlin")).toBe("2027-10-31T00:30:00Z");
	expect(instantAt("2027-03-28T02:30", "Europe/Berlin")).toBe("2027-03-28T01:30:00Z");
});

test("what is no time is none", () => {
	expect(instantAt("", "Europe/Berlin")).toBeNull();
	expect(instantAt("2027-13-40T09:00", "Europe/Berlin")).toBeNull();
});
