import { describe, expect, test } from "vitest";
import { changesNothing, columnName, sums, title, whichLines } from "./wording";

const NONE = { added: 0, changed: 0, cancelled: 0, unchanged: 0, leftOut: 0, bad: 0 };

describe("sums", () => {
	test("names what there is and leaves out what there is not", () => {
		expect(sums({ ...NONE, added: 1200, cancelled: 1, bad: 1 })).toBe(
			"1,200 added, 1 cancelled, 1 row could not be read.",
		);
	});

	test("a list that changes nothing says what is unchanged", () => {
		expect(sums({ ...NONE, unchanged: 7 })).toBe("7 unchanged.");
		expect(changesNothing({ ...NONE, unchanged: 7 } as never)).toBe(true);
		expect(changesNothing({ ...NONE, cancelled: 1 } as never)).toBe(false);
	});
});

test("a column without a heading is called as the spreadsheet calls it", () => {
	expect(columnName({ heading: "Name" }, 0)).toBe("Name");
	expect([0, 25, 26, 27, 701, 702].map((place) => columnName({ heading: "" }, place))).toEqual([
		"Column A",
		"Column Z",
		"Column AA",
		"Column AB",
		"Column ZZ",
		"Column AAA",
	]);
});

test("a list is told by its file, its system and its sheet", () => {
	expect(title({ fileName: "may.xlsx", system: "Luma", sheet: "Guests" })).toBe(
		"may.xlsx, read as Luma, sheet “Guests”",
	);
	expect(title({ fileName: null, system: null, sheet: null })).toBe("A pasted list");
});

test("a remark names the first of its lines", () => {
	expect(whichLines({ rows: 1, lines: [3] })).toBe("Line 3: ");
	expect(whichLines({ rows: 5, lines: [3, 4] })).toBe("Lines 3, 4 and 3 more: ");
	expect(whichLines({ rows: 0, lines: [] })).toBe("");
});
