import { describe, expect, test } from "vitest";
import { answerTo, firstLanguage, standsFor, WORDS } from "./words";

describe("what a kiosk answers", () => {
	test("is a welcome by first name alone", () => {
		expect(answerTo("ADMITTED", "Ana Duarte")).toEqual({ kind: "welcome", name: "Ana" });
		expect(answerTo("ADMITTED", "")).toEqual({ kind: "welcome", name: null });
	});

	test.each(["ALREADY_IN", "CANCELLED", "NOT_RECOGNISED", "NOT_A_TICKET", "WRONG_EVENT", "UNCHECKED", "UNDONE"])(
		"is the desk for %s, without a name and without a reason",
		(verdict) => {
			expect(answerTo(verdict, "Ana Duarte")).toEqual({ kind: "desk" });
		},
	);

	test("stands three seconds for a welcome", () => {
		expect(standsFor({ kind: "welcome", name: "Ana" })).toBe(3000);
	});
});

test("a kiosk begins in the tablet's language, else in English", () => {
	expect(firstLanguage(["de-AT", "en"])).toBe("de");
	expect(firstLanguage(["fr-FR", "de"])).toBe("de");
	expect(firstLanguage(["fr"])).toBe("en");
});

test("a kiosk asks for what lets people in at its event", () => {
	const hold = ({ hold, proof }: (typeof WORDS)["en" | "de"]) => Object.values(proof).map(hold);
	expect(hold(WORDS.en)).toEqual([
		"Hold your ticket in front of the camera.",
		"Hold your badge in front of the camera.",
		"Hold your ticket or badge in front of the camera.",
	]);
	expect(WORDS.de.code(WORDS.de.proof.BADGE)).toBe("Der Code auf deinem Namensschild");
});

test("every language has every sentence", () => {
	for (const words of Object.values(WORDS)) {
		for (const [name, sentence] of Object.entries(words)) {
			expect(typeof sentence === "function" ? sentence("Ana") : sentence, name).not.toBe("");
		}
		expect(words.welcome("Ana")).toContain("Ana");
	}
});
