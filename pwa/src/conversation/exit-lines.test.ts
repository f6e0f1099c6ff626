import { describe, expect, test } from "vitest";
import { countGraphemes } from "../ui/graphemes";
import { EXIT_LINES, exitLineFor } from "./exit-lines";

const languages = Object.entries(EXIT_LINES);
const keysOf = (lines: readonly { readonly key: string }[]) => lines.map(({ key }) => key);

describe.each(languages)("the exit lines in %s", (_, lines) => {
	test("have the keys of every other language, each once", () => {
		expect(keysOf(lines)).toEqual(keysOf(EXIT_LINES.en));
		expect(new Set(keysOf(lines)).size).toBe(lines.length);
	});

	test("are short enough to be said in a breath, and calm", () => {
		for (const { text } of lines) {
			expect(countGraphemes(text)).toBeLessThanOrEqual(80);
			expect(text).toMatch(/^[^!{}<>]+[.?]$/u);
		}
	});
});

describe("the line for a talk", () => {
	test("is the same each time, in the reader's language", () => {
		const line = exitLineFor("U3dhcDox", "de-AT");
		expect(exitLineFor("U3dhcDox", "de-AT")).toEqual(line);
		expect(line.language).toBe("de");
		expect(EXIT_LINES.de).toContainEqual({ key: line.key, text: line.text });
	});

	test("is English where a language has none", () => {
		expect(exitLineFor("a", "fr").language).toBe("en");
		expect(exitLineFor("a", "constructor").language).toBe("en");
	});

	test("differs from talk to talk, and every one comes up", () => {
		const talks = Array.from({ length: 200 }, (_, talk) => exitLineFor(`swap ${talk}`, "en").key);
		expect(new Set(talks)).toEqual(new Set(keysOf(EXIT_LINES.en)));
		const repeated = talks.filter((key, talk) => key === talks[talk + 1]);
		expect(repeated.length).toBeLessThan(talks.length / 3);
	});
});
