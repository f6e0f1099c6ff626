import { expect, test } from "vitest";
import { cropOf } from "./frames";
import { SameCode } from "./same-code";

test("four of five tries look at the middle, the fifth at everything", () => {
	const crops = [0, 1, 2, 3, 4, 5].map((attempt) => cropOf(attempt, 1280, 720));
	const middle = { x: 370, y: 90, width: 540, height: 540 };
	expect(crops).toEqual([middle, middle, middle, middle, { x: 0, y: 0, width: 1280, height: 720 }, middle]);
});

test("the middle is in the middle of an upright picture too", () => {
	expect(cropOf(0, 720, 1280)).toEqual({ x: 90, y: 370, width: 540, height: 540 });
});

test("a code that stays in view is read once", () => {
	const same = new SameCode();
	expect([0, 1000, 3000, 5000].map((at) => same.isNew("a", at))).toEqual([true, false, false, false]);
});

test("a code is new again after it was away for two and a half seconds, or after another", () => {
	const same = new SameCode();
	expect(same.isNew("a", 0)).toBe(true);
	expect(same.isNew("a", 2500)).toBe(true);
	expect(same.isNew("b", 2600)).toBe(true);
	expect(same.isNew("a", 2700)).toBe(true);
});
