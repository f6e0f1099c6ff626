import { describe, expect, test } from "vitest";
import { countdown, dayLine, greetingFor, momentOf } from "./moment";

const event = {
	title: "Repair Summit",
	startsAt: "2026-04-22T08:00:00Z",
	endsAt: "2026-04-23T16:00:00Z",
	timezone: "Europe/Lisbon",
};
const at = (text: string) => new Date(text);

describe("where a person stands in their event", () => {
	test("is before it until its first day", () => {
		expect(momentOf(event, at("2026-04-21T22:59:00Z"))).toBe("before");
		expect(momentOf(event, at("2026-04-21T23:01:00Z"))).toBe("during");
	});

	test("is after it once it has ended", () => {
		expect(momentOf(event, at("2026-04-23T16:00:01Z"))).toBe("after");
	});
});

test("the small line says the day of the event, and the date before it", () => {
	expect(dayLine(event, at("2026-04-23T10:00:00Z"), "en-GB")).toBe("Repair Summit · Thursday");
	expect(dayLine(event, at("2026-04-01T10:00:00Z"), "en-GB")).toBe("Repair Summit · Wednesday 22 April");
	expect(dayLine(event, at("2026-05-01T10:00:00Z"), "en-GB")).toBe("Repair Summit");
});

test("the greeting uses the first name, and none where there is none", () => {
	expect(greetingFor(event, "Ana Duarte", at("2026-04-22T09:00:00Z"))).toBe("Good morning, Ana");
	expect(greetingFor(event, "  ", at("2026-04-22T09:00:00Z"))).toBe("Good morning");
});

test("before the event it says when it begins", () => {
	expect(countdown(event, at("2026-04-21T10:00:00Z"), "en-GB")).toBe("It begins tomorrow at 09:00.");
	expect(countdown(event, at("2026-04-12T10:00:00Z"), "en-GB")).toBe("It begins in 10 days, at 09:00.");
});
