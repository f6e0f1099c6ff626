import { expect, test } from "vitest";
import { resting, restUntil } from "./resting";

test.each([
	[2027, 3, 22, 1, "2027-05-22"],
	[2027, 0, 31, 1, "2027-02-28"],
	[2027, 10, 30, 3, "2028-02-29"],
	[2027, 11, 1, 12, "2028-12-01"],
])("from %i-%i-%i so many months on is a day there is", (year, month, day, months, expected) => {
	expect(restUntil(new Date(year, month, day, 23, 30), months)).toBe(expected);
});

test("a rest is over on its day", () => {
	const now = new Date(2027, 3, 22, 0, 10);
	expect(resting("2027-04-23", now)).toBe(true);
	expect(resting("2027-04-22", now)).toBe(false);
	expect(resting(null, now)).toBe(false);
});
