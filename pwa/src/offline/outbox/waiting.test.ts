import { describe, expect, test } from "vitest";
import { wordsOf } from "./operations";
import { isNewer, type Kept, upToDate } from "./waiting";

const kept = (more: Partial<Kept> = {}): Kept => ({
	place: 1,
	person: "ana",
	key: "k",
	thing: "s",
	slot: null,
	event: null,
	madeAt: "2027-04-22T09:00:00Z",
	refusal: null,
	format: 1,
	operation: "AddNote",
	variables: { swap: "s", text: "Likes tea", key: "k" },
	...more,
});

/** As an app of a later day would say how the formats before it become its own. */
const steps = [
	(older: Kept): Kept => ({ ...older, operation: older.operation === "WriteNote" ? "AddNote" : older.operation }),
	(older: Kept): Kept => ({ ...older, variables: { ...(older.variables as object), swap: older.thing } }),
];

describe("what an older app kept", () => {
	test("is brought to today's format, one step for each that lies between", () => {
		const old = kept({ format: 1, operation: "WriteNote", variables: { text: "Likes tea" } });
		expect(upToDate(old, steps)).toEqual({
			...kept(),
			format: undefined,
			variables: { text: "Likes tea", swap: "s" },
		});
	});

	test("begins with the step of its own format", () => {
		expect(upToDate(kept({ format: 2, operation: "WriteNote" }), steps).operation).toBe("WriteNote");
	});

	test("that no operation of this app can send is shown with its words and not sent", () => {
		const strange = upToDate(kept({ operation: "PaintPicture" }));
		expect(strange.refusal?.message).toContain("cannot send this any more");
		expect(wordsOf(strange)).toBe("Likes tea");
	});
});

test("what a newer app kept is left to it", () => {
	expect(isNewer(kept({ format: 4 }), steps)).toBe(true);
	expect(isNewer(kept({ format: 3 }), steps)).toBe(false);
});
