import { expect, test } from "vitest";
import { endedSince } from "./ended";
import type { Connection } from "./people-list.svelte";

const page = (people: Record<string, string[]>, hasNextPage = false) =>
	({
		edges: Object.entries(people).map(([id, swaps]) => ({ node: { id, swaps: swaps.map((swap) => ({ id: swap })) } })),
		pageInfo: { hasNextPage, endCursor: null },
	}) as unknown as Connection;

test("a swap that is not named any more has ended", () => {
	expect(endedSince(page({ ben: ["one", "two"], mei: ["three"] }), page({ ben: ["two"], mei: ["three"] }))).toEqual([
		"one",
	]);
});

test("whoever is not named at all has ended, unless they may stand on the next page", () => {
	const before = page({ ben: ["one"] });
	expect(endedSince(before, page({}))).toEqual(["one"]);
	expect(endedSince(before, page({}, true))).toEqual([]);
});
