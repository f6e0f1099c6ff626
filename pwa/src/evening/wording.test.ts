import { describe, expect, test } from "vitest";
import { comesAt, eveningName, lengthOf, titleFor } from "./wording";

const LISBON = "Europe/Lisbon";
const at = (text: string) => new Date(text);

describe("the evening's own words", () => {
	test("count what is open", () => {
		expect([3, 2, 1].map((open) => titleFor(open, true))).toEqual([
			"Three things for tonight",
			"Two things for tonight",
			"One thing for tonight",
		]);
		expect(titleFor(2, false)).toBe("Two things left from that evening");
	});

	test("always say that it ends", () => {
		for (const open of [1, 2, 3, 5]) expect(lengthOf(open)).toMatch(/Then that’s all\.$/);
	});

	test("name the day, and its date once it is over", () => {
		expect(eveningName("2026-04-23", at("2026-04-23T20:00:00Z"), LISBON, "en-GB")).toBe("Thursday evening");
		expect(eveningName("2026-04-23", at("2026-04-24T02:30:00Z"), LISBON, "en-GB")).toBe("Thursday evening");
		expect(eveningName("2026-04-23", at("2026-04-24T08:00:00Z"), LISBON, "en-GB")).toBe(
			"The evening of Thursday 23 April",
		);
	});
});

describe("when the list comes", () => {
	const comes = (now: string, phoneZone = LISBON, ready = "2026-04-23T18:00:00Z") =>
		comesAt(at(ready), at(now), LISBON, "en-GB", phoneZone);

	test("is said in the event's time", () => {
		expect(comes("2026-04-23T09:00:00Z")).toBe("Tonight at 19:00");
		expect(comes("2026-04-22T09:00:00Z")).toBe("Tomorrow at 19:00");
		expect(comes("2026-04-01T09:00:00Z")).toBe("Thursday 23 April at 19:00");
	});

	test("is not tonight when it comes in the afternoon", () => {
		expect(comes("2026-04-23T09:00:00Z", LISBON, "2026-04-23T15:00:00Z")).toBe("Today at 16:00");
	});

	test("names the place where the phone is on another clock, and only then", () => {
		expect(comes("2026-04-23T09:00:00Z", "America/New_York")).toBe("Tonight at 19:00, Lisbon time");
		expect(comes("2026-04-23T09:00:00Z", "Europe/London")).toBe("Tonight at 19:00");
	});
});
