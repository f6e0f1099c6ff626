import { describe, expect, test } from "vitest";
import { dateInWords, dayName, daysUntil, eventDay, greeting, timeOfDay } from "./event-time";

const LISBON = "Europe/Lisbon";
const at = (text: string) => new Date(text);

describe("eventDay", () => {
	test("belongs to the day before until four in the morning, in the event's zone", () => {
		expect(eventDay(at("2026-04-23T02:59:00Z"), LISBON)).toBe("2026-04-22");
		expect(eventDay(at("2026-04-23T03:00:00Z"), LISBON)).toBe("2026-04-23");
	});

	test("knows zones where the date is another one", () => {
		expect(eventDay(at("2026-04-22T22:00:00Z"), "Asia/Tokyo")).toBe("2026-04-23");
		expect(eventDay(at("2026-04-22T22:00:00Z"), "America/Los_Angeles")).toBe("2026-04-22");
	});

	test("crosses months and years backwards", () => {
		expect(eventDay(at("2027-01-01T01:00:00Z"), "UTC")).toBe("2026-12-31");
	});

	test("the night the clocks change has its own four o'clock", () => {
		expect(eventDay(at("2026-10-25T03:30:00Z"), LISBON)).toBe("2026-10-24");
		expect(eventDay(at("2026-10-25T04:00:00Z"), LISBON)).toBe("2026-10-25");
	});
});

describe("greeting", () => {
	test.each([
		["03:59", "Good evening"],
		["04:00", "Good morning"],
		["11:59", "Good morning"],
		["12:00", "Good afternoon"],
		["17:59", "Good afternoon"],
		["18:00", "Good evening"],
		["23:30", "Good evening"],
	])("at %s is %s", (time, words) => {
		expect(greeting(at(`2026-02-10T${time}:00Z`), "UTC")).toBe(words);
	});

	test("goes by the zone given", () => {
		expect(greeting(at("2026-02-10T11:00:00Z"), "Asia/Tokyo")).toBe("Good evening");
	});
});

describe("words for days and times", () => {
	test("the day's name is that of the event's day, also after midnight", () => {
		expect(dayName(at("2026-04-24T01:00:00Z"), LISBON, "en-GB")).toBe("Thursday");
	});

	test("a date is written out", () => {
		expect(dateInWords(at("2026-04-23T10:00:00Z"), LISBON, "en-GB")).toBe("Thursday 23 April");
	});

	test("a time is the event's", () => {
		expect(timeOfDay(at("2026-04-23T09:42:00Z"), LISBON, "en-GB")).toBe("10:42");
	});

	test("days are counted by the calendar, not by hours", () => {
		expect(daysUntil(at("2026-04-23T06:00:00Z"), at("2026-04-22T22:30:00Z"), LISBON)).toBe(1);
		expect(daysUntil(at("2026-04-22T06:00:00Z"), at("2026-04-22T22:30:00Z"), LISBON)).toBe(0);
	});
});
