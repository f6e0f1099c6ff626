// @vitest-environment node
import { describe, expect, test } from "vitest";
import vectors from "../../../tests/desk/finding.json";
import { nameKey } from "../people/name-key";
import { findByName, searchable } from "./finding";

describe("somebody in the queue", () => {
	const list = searchable(vectors.people.map((name, number) => ({ registration: `r${number}`, name })));

	test.each(vectors.keys as [string, string][])("%s is compared as the server does it", (name, key) => {
		expect(nameKey(name)).toBe(key);
	});

	test.each(vectors.searches)("is found as the server does it: “$search”", ({ search, found }) => {
		expect(findByName(list, search).map(({ name }) => name)).toEqual(found);
	});

	test("is one of twenty at most", () => {
		const many = searchable(Array.from({ length: 30 }, (_, number) => ({ registration: `r${number}`, name: "Ana" })));
		expect(findByName(many, "ana")).toHaveLength(20);
	});
});
