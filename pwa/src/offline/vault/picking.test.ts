// @vitest-environment node
import { describe, expect, test } from "vitest";
import picks from "../../../../tests/vault/picks.json";
import { bytesOfHex, type Candidate, type LibraryPrompt, type Phase, type Side } from "./format";
import { inReach, pick, sideOf } from "./picking";

const entries = picks.entries as Record<string, Candidate[]>;

describe("picking prompts without a network", () => {
	test.each(picks.sides)("side $side", ({ mine, theirs, side }) => {
		expect(sideOf(bytesOfHex(mine), bytesOfHex(theirs))).toBe(side);
	});

	test.each(picks.cases)("$about", ({ entry, side, asked, picked }) => {
		const keys = pick(entries[entry] ?? [], side as Side, new Set(asked)).map(({ key }) => key);
		expect(keys).toEqual(picked);
	});
});

describe("a talk in one language", () => {
	const prompt = (key: string, phase: Phase, languages: readonly string[], side: Side = "A"): LibraryPrompt => {
		const texts = Object.fromEntries(languages.map((language) => [language, key]));
		return { key, phase, side, minutes: 2, text: texts, why: texts };
	};
	const prompts = [
		prompt("pack-en", "OPEN", ["en"]),
		prompt("pack-de", "OPEN", ["de"]),
		prompt("open", "OPEN", ["en", "de"]),
		prompt("learn", "LEARN", ["en"]),
		prompt("other-side", "OPEN", ["en", "de"], "B"),
	];
	const keys = (locale: string) => inReach(prompts, "A", locale).map(({ key }) => key);

	test("is asked in the reader's own, with English where a phase has nothing else", () => {
		expect(keys("en")).toEqual(["pack-en", "open", "learn"]);
		expect(keys("de-AT")).toEqual(["pack-de", "open", "learn"]);
	});

	test("is in English for whom nothing is written", () => {
		expect(keys("tlh")).toEqual(["pack-en", "open", "learn"]);
	});
});
