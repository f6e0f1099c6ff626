import { describe, expect, test } from "vitest";
import { formOf, inputOf, isCardEmpty } from "./card-form";
import { liveHint } from "./live-hint";

const empty = {
	name: "Ana",
	pronouns: null,
	upTo: null,
	seeking: null,
	offering: null,
	askMeAbout: null,
	goodIntroduction: null,
	newHere: false,
	returning: false,
	betweenThings: false,
};

describe("the card's form", () => {
	test("sends back what it was given when nothing was written", () => {
		const card = { ...empty, upTo: "a tool library", newHere: true };
		const form = formOf({ card, openToEvent: true, openToIntroductions: false });
		expect(inputOf(form)).toEqual({ ...card, openToEvent: true, openToIntroductions: false });
	});

	test("sends nothing for what holds only spaces", () => {
		const form = formOf({ card: empty, openToEvent: false, openToIntroductions: false });
		form.texts.seeking = "  \n ";
		form.name = " Ana ";
		expect(inputOf(form)).toMatchObject({ seeking: null, name: "Ana" });
	});

	test("a card with a name alone is empty", () => {
		expect(isCardEmpty(empty)).toBe(true);
		expect(isCardEmpty({ ...empty, askMeAbout: "bees" })).toBe(false);
	});
});

describe("the live hint", () => {
	test("says nothing of an empty or a good answer", () => {
		expect(liveHint("")).toBeNull();
		expect(liveHint("turning a closed school into a tool library")).toBeNull();
	});

	test("asks for a little more where there is little to ask about", () => {
		expect(liveHint("bees")).toContain("A few words more");
	});

	test("notices a pitch, gently", () => {
		expect(liveHint("We offer innovative solutions for event logistics")).toContain("a little like an offer");
	});

	test("does not take everyday words for a pitch", () => {
		expect(liveHint("finding a solution for our leaking roof")).toBeNull();
	});
});
