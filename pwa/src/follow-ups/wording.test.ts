import { describe, expect, test } from "vitest";
import { daysAfter, dayToCome, outcomeOf, partsOf, subjectOf } from "./wording";

describe("a reason", () => {
	test("is taken apart where it quotes", () => {
		expect(partsOf("You promised Ben: the article on soil sensors")).toEqual({
			why: "You promised Ben",
			words: "the article on soil sensors",
			isQuoted: false,
		});
		expect(partsOf("You noted about Mei: “Mei showed me: oil first”")).toEqual({
			why: "You noted about Mei",
			words: "Mei showed me: oil first",
			isQuoted: true,
		});
	});

	test("stays whole where it quotes nothing", () => {
		const reason = "You and Olu both said you would like to talk again.";
		expect(partsOf(reason)).toEqual({ why: reason.slice(0, -1), words: null, isQuoted: false });
	});

	test("keeps quotation marks that are the person's own", () => {
		expect(partsOf("You promised Ben: the book “Soil” and “Seed”").words).toBe("the book “Soil” and “Seed”");
	});
});

describe("what a follow-up is about", () => {
	const about = (kind: "KEEP_PROMISE" | "MEET" | "THANK" | "ASK", reason: string, name = "Olu Adeyemi") =>
		subjectOf({ kind, reason, swap: { card: { name } } });

	test("is what was promised, or what was learned, in the words it was written in", () => {
		expect(about("KEEP_PROMISE", "You promised Olu: the address")).toBe("the address");
		expect(about("THANK", "You wrote down what you learned from Olu: “hay insulates”")).toBe("“hay insulates”");
	});

	test("is a talk with them where both want one", () => {
		expect(about("MEET", "You and Olu both said you would like to talk again.")).toBe("Twenty minutes with Olu");
	});

	test("is at least their name", () => {
		expect(about("ASK", "You could ask.", "李文")).toBe("李文");
	});
});

test("days are counted by the calendar, over months and summer time", () => {
	expect(daysAfter("2026-04-30", 1)).toBe("2026-05-01");
	expect(daysAfter("2026-10-24", 3)).toBe("2026-10-27");
	expect(daysAfter("2026-12-31", 1)).toBe("2027-01-01");
});

test("a day to come is tomorrow or has its name", () => {
	expect(dayToCome("2026-04-24", "2026-04-23", "en-GB")).toBe("tomorrow");
	expect(dayToCome("2026-04-26", "2026-04-23", "en-GB")).toBe("Sunday 26 April");
});

test("what became of it is said in a word, and with its day where it comes back", () => {
	const became = (state: "DONE" | "LATER" | "DISMISSED", dueOn = "2026-04-23") =>
		outcomeOf({ state, dueOn }, "2026-04-23", "en-GB");
	expect(became("DONE")).toBe("Done");
	expect(became("DISMISSED")).toBe("Let go");
	expect(became("LATER", "2026-04-24")).toBe("Later, tomorrow");
	expect(became("LATER", "2026-04-26")).toBe("Later, Sun 26 Apr");
	expect(became("LATER")).toBe("Later");
});
