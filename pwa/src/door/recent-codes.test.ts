import { expect, test } from "vitest";
import { RecentCodes } from "./recent-codes";

/** Shows the texts at a time and takes whatever is new. */
function show(codes: RecentCodes, texts: string[], at: number): string[] {
	const fresh = codes.newAmong(texts, at);
	for (const text of fresh) codes.take(text, at);
	return fresh;
}

test("a ticket that stays in view is read once, however long", () => {
	const codes = new RecentCodes();
	expect([0, 1000, 3000, 5000, 7000].map((at) => show(codes, ["a"], at).length)).toEqual([1, 0, 0, 0, 0]);
});

test("a ticket is new again after two and a half seconds away", () => {
	const codes = new RecentCodes();
	show(codes, ["a"], 0);
	expect(show(codes, ["a"], 2499)).toEqual([]);
	expect(show(codes, ["a"], 5000)).toEqual(["a"]);
});

test("two tickets in view by turns are each read once", () => {
	const codes = new RecentCodes();
	expect(show(codes, ["a"], 0)).toEqual(["a"]);
	expect(show(codes, ["b"], 100)).toEqual(["b"]);
	expect(show(codes, ["a", "b"], 200)).toEqual([]);
});

test("a ticket that was not taken stays new", () => {
	const codes = new RecentCodes();
	expect(codes.newAmong(["a"], 0)).toEqual(["a"]);
	expect(codes.newAmong(["a"], 100)).toEqual(["a"]);
});

test("a ticket can be made new at once", () => {
	const codes = new RecentCodes();
	show(codes, ["a"], 0);
	codes.forget("a");
	expect(show(codes, ["a"], 100)).toEqual(["a"]);
});
