import { expect, test } from "vitest";
import { readPush } from "./push-words";

test("a push shows its words and opens its place", () => {
	const told = { title: "Your evening list is ready", body: "A few kind things.", path: "/evening", tag: "notice-1" };
	expect(readPush(JSON.stringify(told))).toEqual(told);
});

test.each(["", "no json", "null", "[]", "7", '{"title":7}'])(
	"what cannot be read shows something all the same: %s",
	(text) => {
		const shown = readPush(text);
		expect(shown.title).not.toBe("");
		expect(shown.path).toBe("/");
	},
);
