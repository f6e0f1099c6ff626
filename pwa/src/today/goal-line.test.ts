import { expect, test } from "vitest";
import { goalLine } from "./goal-line";

test.each([
	[null, 0, "No goal today. See who you run into."],
	[null, 1, "No goal today, and somebody met."],
	[null, 12, "No goal today, and somebody met."],
	[1, 0, "You came to meet one person. No hurry."],
	[2, 1, "You came to meet two people. One so far; no hurry."],
	[2, 2, "You’ve met the two people you came for. Going home is fine."],
	[1, 3, "You’ve met the one person you came for. Going home is fine."],
])("with the goal %s and %i met, Today says: %s", (goal, met, words) => {
	expect(goalLine(goal, met)).toBe(words);
});

test("no number past the goal is ever said, and without a goal none at all", () => {
	const words = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
	for (const goal of [null, 1, 2, 3, 4, 5]) {
		for (let met = 0; met <= 40; met += 1) {
			const line = goalLine(goal, met);
			expect(line).not.toMatch(/\d|undefined/);
			const said = words.filter((word) => new RegExp(`\\b${word}\\b`, "i").test(line));
			expect(said.filter((word) => words.indexOf(word) + 1 > (goal ?? 0))).toEqual([]);
		}
	}
});

test("meeting more than one came for changes nothing", () => {
	for (const goal of [1, 2, 3, 4, 5]) expect(goalLine(goal, 30)).toBe(goalLine(goal, goal));
});
