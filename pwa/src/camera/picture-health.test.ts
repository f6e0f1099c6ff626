import { describe, expect, test } from "vitest";
import { type Health, isAllBlack, type Look, PictureHealth } from "./picture-health";

const FINE: Look = { isNew: true, isBlack: false };
const BLACK: Look = { isNew: true, isBlack: true };
const STILL: Look = { isNew: false, isBlack: false };
const times = (count: number, look: Look) => Array.from({ length: count }, () => look);

/** What is said at the last of these looks. */
function after(...all: readonly (readonly Look[])[]): Health | undefined {
	const health = new PictureHealth();
	return all
		.flat()
		.map((look) => health.take(look))
		.at(-1);
}

describe("a picture", () => {
	test.each<[Health, readonly (readonly Look[])[]]>([
		["fine", [times(1, FINE)]],
		["waiting", [times(7, STILL)]],
		["frozen", [times(8, STILL)]],
		["waiting", [times(1, FINE), times(4, STILL)]],
		["frozen", [times(1, FINE), times(5, STILL)]],
		["fine", [times(1, FINE), times(4, STILL), times(1, FINE)]],
		["waiting", [times(1, FINE), times(4, STILL), times(1, FINE), times(4, STILL)]],
		["waiting", [times(4, BLACK)]],
		["black", [times(5, BLACK)]],
		["black", [times(3, BLACK), times(2, STILL), times(2, BLACK)]],
		["waiting", [times(4, BLACK), times(1, FINE), times(4, BLACK)]],
		["frozen", [times(2, BLACK), times(5, STILL)]],
		["fine", [times(9, BLACK), times(1, FINE)]],
	])("is %s", (health, looks) => {
		expect(after(...looks)).toBe(health);
	});
});

describe("pixels", () => {
	const pixels = (...values: number[]) => values.flatMap((value) => [value, value, value, 255]);

	test("of a dead lens are black", () => {
		expect(isAllBlack(pixels(0, 0, 0, 4))).toBe(true);
	});

	test("of a dark room have noise somewhere", () => {
		expect(isAllBlack(pixels(0, 2, 0, 7))).toBe(false);
	});

	test("of a dark room with one small light are not black", () => {
		expect(isAllBlack([...pixels(0, 0, 0), 0, 60, 0, 255])).toBe(false);
	});
});
