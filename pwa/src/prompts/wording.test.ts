import { expect, test } from "vitest";
import type { Pack, Question } from "./event-packs.svelte";
import { about, byPhase, condition, fileName, notAPack, quoted } from "./wording";

const question: Question = {
	name: "open-a",
	phase: "OPEN",
	side: "A",
	about: null,
	when: [],
	text: "Which machine here would you keep?",
	why: "It is easy to answer.",
};

test("a pack is told in a line", () => {
	const pack = { language: "de", promptCount: 1, addedAt: "2027-04-22T09:32:00Z", addedBy: "Mira Sand" } as Pack;
	expect(about(pack, "Europe/Lisbon", "en-GB")).toBe("German · 1 question · added 22 Apr, 10:32 by Mira Sand");
	expect(about({ ...pack, addedBy: null }, "Europe/Lisbon", "en-GB")).toBe("German · 1 question · added 22 Apr, 10:32");
});

test("questions stand along the arc, and only where there are some", () => {
	const closing: Question = { ...question, phase: "CLOSE" };
	expect(byPhase([closing, question]).map(({ name }) => name)).toEqual(["To begin with", "To end with"]);
});

test("a question says what will stand above it and whom it is for", () => {
	expect(quoted(question)).toBeNull();
	expect(quoted({ ...question, about: "upTo" })).toBe("what they are up to");
	expect(condition(question)).toBeNull();
	expect(condition({ ...question, when: ["newcomer", "empty_up_to"] })).toBe("newcomer, empty up to");
});

test("a file that can be no pack is told before it is sent", () => {
	expect(notAPack(900, 'title = "A"')).toBeNull();
	expect(notAPack(4_000_000, "")).toContain("far larger");
	expect(notAPack(900, "\uFFFDPNG")).toContain("no plain text");
});

test("an example is saved under its title", () => {
	expect(fileName({ title: "Erster Abend", language: "de" })).toBe("erster-abend.de.toml");
	expect(fileName({ title: "初めての夜", language: "en" })).toBe("pack.en.toml");
});
