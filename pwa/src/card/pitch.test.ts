import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { pitchIn } from "./pitch";
import rules from "./pitch-rules.json";
import samples from "./pitch-samples.json";

/** The five texts of every card in the file of realistic cards, each with why the card is there. */
const CARDS = readFileSync("../tests/prompts/cards.toml", "utf8") // the tests run in pwa/
	.split("[[cards]]")
	.slice(1)
	.map((card) => ({
		kind: /^kind = "(.*)"$/m.exec(card)?.[1] ?? "",
		texts: [...card.matchAll(/^(?:up_to|seeking|offering|ask_me_about|good_introduction) = "(.*)"$/gm)].map(
			([, text]) => text ?? "",
		),
	}));

describe("a pitch", () => {
	test.each(samples.pitches)("is noticed, and said more plainly: $text", ({ text, why, plain }) => {
		expect(pitchIn(text)).toMatchObject({ key: why, plain });
	});

	test.each(samples.pitches)("said plainly is none any more: $plain", ({ plain }) => {
		if (plain !== null) expect(pitchIn(plain)?.plain ?? null).toBeNull();
	});

	test.each(samples.humble)("is not heard in “%s”", (text) => {
		expect(pitchIn(text)).toBeNull();
	});
});

describe("of realistic cards", () => {
	test("there are many", () => expect(CARDS.flatMap(({ texts }) => texts).length).toBeGreaterThan(250));

	test("only those that pitch are noticed", () => {
		const noticed = CARDS.filter(({ texts }) => texts.some((text) => pitchIn(text) !== null)).map(({ kind }) => kind);
		expect(noticed).toContain("charity, pitchy");
		expect(noticed.filter((kind) => !/pitch|jargon/.test(kind))).toEqual([]);
	});
});

describe("the rules", () => {
	test("each have a reason in both languages, and phrases in each", () => {
		for (const { why, phrases, weight } of rules.rules) {
			expect(why.en && why.de).toBeTruthy();
			expect(Object.keys(phrases).length).toBeGreaterThan(0);
			expect(weight).toBeGreaterThan(0);
		}
		expect(new Set(rules.rules.map(({ key }) => key)).size).toBe(rules.rules.length);
	});

	test("are held to by a sample each", () => {
		const heard = new Set(samples.pitches.map(({ why }) => why));
		expect(rules.rules.map(({ key }) => key).filter((key) => !heard.has(key))).toEqual([]);
	});

	test("are quick on the longest text there can be", () => {
		expect(pitchIn("a ".repeat(5000))).toBeNull();
	});
});
