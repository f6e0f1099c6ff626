import { expect, test } from "vitest";
import { placeInArc, resumesAt, whichConversation } from "./arc";

const states = (...all: ("WAITING" | "ASKED" | "SKIPPED")[]) => all.map((state) => ({ state }));

test("a conversation goes on at the first prompt that waits", () => {
	expect(resumesAt(states("WAITING", "WAITING"))).toBe(0);
	expect(resumesAt(states("ASKED", "SKIPPED", "WAITING", "ASKED"))).toBe(2);
});

test("with every prompt marked it goes on past the last one", () => {
	expect(resumesAt(states("ASKED", "SKIPPED"))).toBe(2);
	expect(resumesAt([])).toBe(0);
});

test("the arc shows how far the talk is, and is whole at its end", () => {
	const prompts = (["OPEN", "LEARN", "LEARN", "HELP", "WHO_ELSE", "CLOSE"] as const).map((phase) => ({ phase }));
	expect([0, 1, 2, 3, 4, 5, 6].map((index) => placeInArc(prompts, index))).toEqual([1, 2, 2, 3, 4, 5, 5]);
});

test.each([
	[0, "your first conversation"],
	[1, "your first conversation"],
	[3, "your third conversation"],
	[11, "one of many conversations"],
])("%i conversations are called %s", (count, words) => {
	expect(whichConversation(count)).toBe(words);
});
