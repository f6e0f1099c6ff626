import { expect, test } from "vitest";
import { RecentCodes } from "./recent-codes";

/** Shows the texts at a time and takes whatever is new. */
function show(codes: RecentCodes, texts: string[], at: number): string[] {
	const fresh = codes.newAmong(texts, at);
	for (const text of fresh) codes.take(text, at);
	return fresh;
}

test("a code that stays in view is read once, however long", () => {
	const codes = new RecentCodes();
	expect([0, 1000, 3000, 5000, 7000].map((at) => show(codes, ["a"], at).length)).toEqual([1, 0, 0, 0, 0]);
});

test("a code is new again after two and a half seconds away", () => {
	const codes = new RecentCodes();
	show(codes, ["a"], 0);
	expect(show(codes, ["a"], 2499)).toEqual([]);
	expect(show(codes, ["a"], 5000)).toEqual(["a"]);
});

test("two codes in view by turns are each read once", () => {
	const codes = new RecentCodes();
	expect(show(codes, ["a"], 0)).toEqual(["a"]);
	expect(show(codes, ["b"], 100)).toEqual(["b"]);
	expect(show(codes, ["a", "b"], 200)).toEqual([]);
});

test("a code that was not taken stays new", () => {
	const codes = new RecentCodes();
	expect(codes.newAmong(["a"], 0)).toEqual(["a"]);
	expect(codes.newAmong(["a"], 100)).toEqual(["a"]);
});

test("a code that is asked for and taken in one go is new once", () => {
	const codes = new RecentCodes();
	expect([0, 1000, 3000].map((at) => codes.takesNew("a", at))).toEqual([true, false, false]);
	expect(codes.takesNew("b", 3100)).toBe(true);
	expect(codes.takesNew("a", 5600)).toBe(true);
});

test("a code can be made new at once", () => {
	const codes = new RecentCodes();
	show(codes, ["a"], 0);
	codes.forget("a");
	expect(show(codes, ["a"], 100)).toEqual(["a"]);
});
