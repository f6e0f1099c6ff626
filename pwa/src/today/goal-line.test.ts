import { expect, test } from "vitest";
import { goalLine } from "./goal-line";

test.each([
	[null, 0, "No goal today. See who you run into."],
	[null, 1, "You’ve met one person."],
	[null, 12, "You’ve met 12 people."],
	[1, 0, "You came to meet one person. No hurry."],
	[2, 1, "You came to meet two people. One so far; no hurry."],
	[2, 2, "You’ve met the two people you came for. Going home is fine."],
	[1, 3, "You’ve met the one person you came for. Going home is fine."],
])("with the goal %s and %i met, Today says: %s", (goal, met, words) => {
	expect(goalLine(goal, met)).toBe(words);
});
