// @vitest-environment node
import { expect, test } from "vitest";
import { blocks as guide } from "../../../docs/door-guide.md?document";
import { blocksOf } from "../../build/document.ts";

test("a page becomes blocks of words", () => {
	const page =
		"# At the door\n\nHold it *so*,\n**both** hands.\n\n- one\n- `two`\n\n1. first\n\n| a | b |\n|---|---|\n| 1 | **2** |\n";
	expect(blocksOf(page)).toEqual([
		{ kind: "heading", level: 1, line: [{ text: "At the door" }] },
		{
			kind: "paragraph",
			line: [
				{ text: "Hold it " },
				{ text: "so", em: true },
				{ text: ", " },
				{ text: "both", strong: true },
				{ text: " hands." },
			],
		},
		{ kind: "list", isOrdered: false, items: [[{ text: "one" }], [{ text: "two" }]] },
		{ kind: "list", isOrdered: true, items: [[{ text: "first" }]] },
		{
			kind: "table",
			head: [[{ text: "a" }], [{ text: "b" }]],
			rows: [[[{ text: "1" }], [{ text: "2", strong: true }]]],
		},
	]);
});

test("what cannot be set fails instead of going missing", () => {
	expect(() => blocksOf("<b>bold</b>")).toThrow("cannot hold");
	expect(() => blocksOf("![a picture](x.png)")).toThrow("cannot hold");
});

test("the guide of the doors can be set", () => {
	expect(guide[0]).toMatchObject({ kind: "heading", level: 1 });
	expect(guide.some(({ kind }) => kind === "table")).toBe(true);
});
