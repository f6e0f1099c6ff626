import { expect, test } from "vitest";
import { dayInWords, thisWeek, today } from "./due-day";

const at = (text: string) => new Date(text);

test("today is the event's day, which lasts until four in the morning", () => {
	expect(today(at("2027-04-22T23:30:00Z"), "Europe/Lisbon")).toBe("2027-04-22");
	expect(today(at("2027-04-22T23:30:00Z"), "Asia/Tokyo")).toBe("2027-04-23");
});

test.each([
	["2027-04-19", "Monday", "2027-04-23"],
	["2027-04-22", "Thursday", "2027-04-23"],
	["2027-04-23", "Friday", "2027-04-30"],
	["2027-04-24", "Saturday", "2027-04-30"],
	["2027-04-25", "Sunday", "2027-04-30"],
])("this week, said on %s (a %s), is until %s", (day, _, friday) => {
	expect(thisWeek(at(`${day}T12:00:00Z`), "Europe/Lisbon")).toBe(friday);
});

test("a day is shown with its name", () => {
	expect(dayInWords("2027-04-23", "en-GB")).toBe("Friday 23 April");
});
