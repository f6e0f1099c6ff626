import { describe, expect, test } from "vitest";
import { type Readiness, readinessInWords } from "./wording";

const now = new Date("2027-04-22T10:40:00Z");
const nothing: Readiness = { vault: null, progress: null, last: null };
const held = { cards: 412, checkedAt: Date.parse("2027-04-22T10:32:00Z") };

const line = (readiness: Partial<Readiness>, at = now) =>
	readinessInWords({ ...nothing, ...readiness }, at, "UTC", "en-GB");

describe("the line about flight mode", () => {
	test("says how many cards there are and how new they are", () => {
		expect(line({ vault: held, last: "fetched" })).toBe("Ready for flight mode · 412 cards · 10:32");
		expect(line({ vault: { ...held, cards: 10_000 } })).toContain("10,000 cards");
	});

	test("says the true time when what it holds is old", () => {
		const tomorrow = new Date("2027-04-23T09:00:00Z");
		expect(line({ vault: held, last: "offline" }, tomorrow)).toBe(
			"Ready for flight mode · 412 cards · yesterday 10:32",
		);
		const later = new Date("2027-04-25T09:00:00Z");
		expect(line({ vault: held, last: "offline" }, later)).toContain("Thursday 22 April, 10:32");
	});

	test("says how far it is while everything is fetched, and is silent about a few changes", () => {
		const progress = { done: 250, of: 412 };
		expect(line({ progress })).toBe("Getting ready for flight mode · 250 of 412 cards");
		expect(line({ vault: held, progress: { done: 1, of: 2 } })).toContain("Ready for flight mode");
	});

	test("says why it is not ready", () => {
		expect(line({ last: "offline" })).toBe("Not ready for flight mode yet. The cards come with the next connection.");
		expect(line({ last: "full" })).toContain("storage is full");
		expect(line({ vault: held, last: "full" })).toContain("Newer ones do not fit");
	});

	test("says nothing before anything is known", () => {
		expect(line({})).toBeNull();
	});
});
