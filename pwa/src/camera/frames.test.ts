import { expect, test } from "vitest";
import { cropOf } from "./frames";
import { middleFirst } from "./middle-first";

test("four of five tries look at the middle, the fifth at everything", () => {
	const crops = [0, 1, 2, 3, 4, 5].map((attempt) => cropOf(attempt, 1280, 720));
	const middle = { x: 370, y: 90, width: 540, height: 540 };
	expect(crops).toEqual([middle, middle, middle, middle, { x: 0, y: 0, width: 1280, height: 720 }, middle]);
});

test("the middle is in the middle of an upright picture too", () => {
	expect(cropOf(0, 720, 1280)).toEqual({ x: 90, y: 370, width: 540, height: 540 });
});

test("of several codes in view the one nearest the middle comes first", () => {
	const at = (text: string, x: number, y: number) => ({
		text,
		corners: [
			{ x: x - 10, y: y - 10 },
			{ x: x + 10, y: y - 10 },
			{ x: x + 10, y: y + 10 },
			{ x: x - 10, y: y + 10 },
		],
	});
	const codes = [at("corner", 30, 30), at("near", 260, 300), at("edge", 530, 270)];
	expect(middleFirst(codes, 540, 540)).toEqual(["near", "edge", "corner"]);
});
