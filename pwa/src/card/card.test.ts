import { describe, expect, test } from "vitest";
import { formOf, inputOf, isCardEmpty, onlyAsked, questionsAt } from "./card-form";
import { EXAMPLES } from "./examples";
import { guidanceFor } from "./guidance";

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

describe("what an event asks", () => {
	const texts = { upTo: "", seeking: "a kiln", offering: "", askMeAbout: "", goodIntroduction: "" };

	test("is asked, and where words stand already they can be taken out", () => {
		const shown = questionsAt(["UP_TO"], texts).map(({ field, isAsked }) => [field, isAsked]);
		expect(shown).toEqual([
			["upTo", true],
			["seeking", false],
		]);
		expect(questionsAt(undefined, texts)).toHaveLength(5);
	});

	test("is all that is taken along from an earlier card", () => {
		const card = onlyAsked({ ...empty, upTo: "a tool library", seeking: "a kiln" }, ["UP_TO"]);
		expect([card.upTo, card.seeking]).toEqual(["a tool library", null]);
	});
});

describe("a word about what is written", () => {
	const noteOn = (text: string, language = "en") => guidanceFor(text, language)?.note ?? null;

	test("is not said of an empty or a good answer", () => {
		expect(noteOn("")).toBeNull();
		expect(noteOn("turning a closed school into a tool library")).toBeNull();
		expect(noteOn("若い人と話すこと")).toBeNull();
	});

	test("asks for a little more where there is one word, or none", () => {
		for (const text of ["bees", "Plumber.", "k8s", "🌱🐝🍯"]) expect(noteOn(text)).toContain("A few words more");
	});

	test("calls a long text plenty, and says calmly when it is more than a card holds", () => {
		expect(noteOn("we walk and talk ".repeat(12))).toContain("That is plenty");
		expect(noteOn(`${"we walk ".repeat(35)}home`)).toBe(
			"More than fits on a card, by 4 letters. Which part would you say aloud?",
		);
	});

	test("notices a pitch in the language that I read", () => {
		expect(noteOn("We offer innovative solutions for event logistics")).toContain("a little like an offer");
		expect(noteOn("We offer innovative solutions for event logistics", "de-AT")).toContain("wie ein Angebot");
	});
});

describe("the examples", () => {
	const all = Object.values(EXAMPLES).flat();

	test("are several for each field, none twice, none that raises a word", () => {
		for (const examples of Object.values(EXAMPLES)) expect(examples.length).toBeGreaterThanOrEqual(5);
		expect(new Set(all).size).toBe(all.length);
		expect(all.filter((example) => guidanceFor(example, "en") !== null)).toEqual([]);
	});
});
