import { describe, expect, test } from "vitest";
import type { Meeting } from "./laid-over";
import { instantOf, localOf, outcomeInWords, placeOf, stillToCome, theirTimeInWords, timeInWords } from "./wording";

const AT = "2027-04-26T14:00:00Z";

describe("a time in words", () => {
	test("is on the clock of its zone", () => {
		expect(timeInWords(AT, "Europe/Lisbon", "en-GB")).toBe("Mon 26 April at 15:00");
		expect(timeInWords(AT, "Asia/Kathmandu", "en-GB")).toBe("Mon 26 April at 19:45");
	});

	test("names the other's clock where it shows something else, and the day where that differs", () => {
		const theirs = (zone: string | null) =>
			theirTimeInWords(AT, { mine: "Europe/Lisbon", theirs: zone }, "Ben", "en-GB")?.replace(/[\u2068\u2069]/g, "");
		expect(theirs("America/New_York")).toBe("10:00 for Ben");
		expect(theirs("Pacific/Auckland")).toBe("Tue 27 April at 02:00 for Ben");
		expect(theirs("Europe/London")).toBeUndefined();
		expect(theirs(null)).toBeUndefined();
	});
});

describe("where a 1-2-1 belongs", () => {
	const meeting = { state: "AGREED", startsAt: AT, minutes: 20, tookPlace: null, myTurn: false } as Meeting;
	const at = (time: string) => new Date(`2027-04-26T${time}:00Z`);

	test("follows its state, whose turn it is, and its time", () => {
		expect(placeOf({ ...meeting, state: "PROPOSED", startsAt: null, myTurn: true }, at("09:00"))).toBe("forMe");
		expect(placeOf({ ...meeting, state: "PROPOSED", startsAt: null }, at("09:00"))).toBe("forThem");
		expect(placeOf(meeting, at("14:19"))).toBe("agreed");
		expect(placeOf(meeting, at("14:20"))).toBe("toTell");
		expect(placeOf({ ...meeting, tookPlace: true }, at("14:20"))).toBe("past");
		expect(placeOf({ ...meeting, state: "CANCELLED", startsAt: null }, at("09:00"))).toBe("past");
	});

	test("is said in a word once it is past", () => {
		expect(outcomeInWords({ ...meeting, tookPlace: true })).toBe("You met");
		expect(outcomeInWords({ ...meeting, tookPlace: false })).toBe("Did not take place");
		expect(outcomeInWords({ ...meeting, state: "DECLINED" })).toBe("Not this time");
		expect(outcomeInWords({ ...meeting, state: "CANCELLED" })).toBe("Called off");
	});
});

test("times that have passed are offered no more", () => {
	expect(stillToCome([AT, "2027-04-27T14:00:00Z"], new Date("2027-04-26T14:00:00Z"))).toEqual(["2027-04-27T14:00:00Z"]);
});

test("a field's local time is an instant and back, and nonsense is none", () => {
	const local = localOf(new Date(AT));
	expect(instantOf(local)).toBe(AT);
	expect(instantOf("")).toBeNull();
});
