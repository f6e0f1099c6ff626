import { describe, expect, test } from "vitest";
import { delayInWords, waitingInWords, whatItIs } from "./in-words";

describe("the line", () => {
	test("counts what waits and what could not be kept", () => {
		expect(waitingInWords({ waiting: 1, held: 0, refused: 0 })).toBe("1 thing waits for the network");
		expect(waitingInWords({ waiting: 3, held: 1, refused: 0 })).toBe("3 things wait for the network");
		expect(waitingInWords({ waiting: 2, held: 0, refused: 1 })).toBe(
			"2 things wait for the network · 1 thing could not be kept",
		);
	});

	test("speaks of no network where all of it waits for something else", () => {
		expect(waitingInWords({ waiting: 1, held: 1, refused: 0 })).toBe("1 thing waits to be sent");
	});

	test("is not there when nothing is", () => {
		expect(waitingInWords({ waiting: 0, held: 0, refused: 0 })).toBeNull();
	});
});

test("an insight is told apart from a tap", () => {
	const mark = { prompt: "p", state: "ASKED" as const };
	expect(whatItIs({ operation: "MarkPrompt", variables: mark }, "Ben")).toBe("That you asked Ben something");
	expect(whatItIs({ operation: "MarkPrompt", variables: { ...mark, insight: "Doors." } }, "Ben")).toBe(
		"What you learned from Ben",
	);
});

test("a missing network is no reason worth a sentence", () => {
	expect(delayInWords(null)).toBeNull();
	expect(delayInWords({ kind: "unreachable", after: null })).toBeNull();
	expect(delayInWords({ kind: "not-yet", after: null, problem: null })).toContain("sent again by itself");
});
