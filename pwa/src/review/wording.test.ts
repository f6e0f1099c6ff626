import { describe, expect, test } from "vitest";
import { cityOf, comesNext, lengthOf, onBothClocks, titleFor, weekInWords } from "./wording";

const START = new Date("2027-05-03T09:00:00Z");

test("a review says how many are open, how long it takes, and that it ends", () => {
	expect([3, 2, 1].map(titleFor)).toEqual(["Three people this week", "Two people this week", "One person this week"]);
	for (const open of [1, 2, 3]) expect(lengthOf(open)).toMatch(/Then that’s all\.$/);
});

test("a week is named by its Monday", () => {
	expect(weekInWords("2027-04-19", "en-GB")).toBe("Week of 19 April");
});

describe("a time on both clocks", () => {
	const said = (theirs: string | null) => onBothClocks(START, "Europe/Lisbon", theirs, "en-GB");

	test("is said once where the clocks agree", () => {
		expect(said("Europe/London")).toEqual({ mine: "Mon 3 May, 10:00", theirs: null });
		expect(said(null).theirs).toBeNull();
	});

	test("names the other's hour and place", () => {
		expect(said("Asia/Tokyo").theirs).toBe("18:00 in Tokyo");
	});

	test("names the other's day where it is another one", () => {
		expect(onBothClocks(START, "Pacific/Auckland", "America/New_York", "en-GB")).toEqual({
			mine: "Mon 3 May, 21:00",
			theirs: "05:00 in New York",
		});
		expect(onBothClocks(new Date("2027-05-03T20:00:00Z"), "Pacific/Auckland", "America/New_York", "en-GB").theirs).toBe(
			"Mon 3 May, 16:00 in New York",
		);
	});
});

test("a zone is said by its city", () => {
	expect(cityOf("America/Argentina/Buenos_Aires")).toBe("Buenos Aires");
	expect(cityOf("UTC")).toBe("UTC");
});

test("the next one is said by its weekday, and with its date when it is a week off", () => {
	const comes = (now: string) => comesNext(new Date("2027-04-30T15:00:00Z"), new Date(now), "Europe/Lisbon", "en-GB");
	expect(comes("2027-04-25T10:00:00Z")).toBe("The next one comes on Friday at 16:00.");
	expect(comes("2027-04-23T15:01:00Z")).toBe("The next one comes on Friday 30 April at 16:00.");
});
