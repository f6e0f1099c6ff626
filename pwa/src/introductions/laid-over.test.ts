import { describe, expect, test } from "vitest";
import { type Introduction, type Known, layOver, without, withWritten } from "./laid-over";
import { pairOf, partsOf, standOf } from "./wording";

const asked: Introduction = {
	id: "i",
	state: "ASKING_FIRST",
	myPart: "FIRST",
	reason: "bees",
	askedAt: "2027-04-22T10:00:00Z",
	answerBy: "2027-04-29T10:00:00Z",
	myAnswer: null,
	note: null,
	firstThankedAt: null,
	secondThankedAt: null,
	introducer: { name: "Ana" },
	other: { name: "Cem", upTo: null, seeking: null, offering: null, askMeAbout: null, goodIntroduction: null },
	contact: null,
	first: null,
	second: null,
};
const contact = (id: string) => ({ id, card: { name: `${id} Somebody`, goodIntroduction: null } });
const idea = { first: contact("ben"), second: contact("cem"), reason: "why: “bees”", words: "bees" };
const known: Known = {
	introductions: [asked],
	introductionSuggestions: [idea],
	contactsToIntroduce: [contact("ben"), contact("cem")],
	contactsToAsk: [contact("ben")],
	introductionRequests: [{ id: "r", need: "a kiln", swap: contact("ben"), suggestions: [idea] }],
};
const begin = {
	operation: "Introduce",
	variables: { first: "ben", second: "cem", reason: "bees", key: "k" },
} as const;

describe("introductions with what waits laid over", () => {
	test("a yes waits for the other, without a date to answer by", () => {
		const [after] = withWritten(known, {
			operation: "AnswerIntroduction",
			variables: { introduction: "i", yes: true },
		}).introductions;
		expect(after).toMatchObject({ state: "ASKING_SECOND", myAnswer: true, answerBy: null });
	});

	test("a no shows nothing of the other any more", () => {
		const [after] = withWritten(known, {
			operation: "AnswerIntroduction",
			variables: { introduction: "i", yes: false },
		}).introductions;
		expect(after).toMatchObject({ state: "CLOSED", myAnswer: false, other: null });
	});

	test("one that begins takes its idea and its request away, and is there once", () => {
		const after = layOver(known, [begin, begin]);
		expect(after.introductions.map(({ id }) => id)).toEqual(["k", "i"]);
		expect(after.introductionSuggestions).toEqual([]);
		expect(after.introductionRequests).toEqual([]);
	});

	test("whoever is gone is in nothing", () => {
		const after = without(layOver(known, [begin]), (swap) => swap === "cem");
		expect(JSON.stringify(after)).not.toContain("cem Somebody");
	});

	test("thanks are noted for the part that was named and taken back", () => {
		const variables = { introduction: "i", part: "SECOND", thanked: true } as const;
		const after = withWritten(known, { operation: "MarkThanked", variables });
		expect(after.introductions[0]?.secondThankedAt).not.toBeNull();
		const back = withWritten(after, { operation: "MarkThanked", variables: { ...variables, thanked: false } });
		expect(back).toEqual(known);
	});
});

describe("the words for where an introduction stands", () => {
	test("tell an introducer nothing before it is made or over", () => {
		for (const state of ["ASKING_FIRST", "ASKING_SECOND"] as const)
			expect(standOf({ state, myPart: "INTRODUCER", myAnswer: null })).toBe("No answer yet");
	});

	test("name who is left of a pair", () => {
		expect(pairOf({ first: contact("ben"), second: null })).toBe("Ben and someone you met");
	});

	test("part a reason at its last colon", () => {
		expect(partsOf("Cem offers “a: b”, and Ben seeks: “bees”").words).toBe("“bees”");
	});
});
