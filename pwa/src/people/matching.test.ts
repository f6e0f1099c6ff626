import { expect, test } from "vitest";
import { matching } from "./matching";
import type { Person } from "./people-list.svelte";
import { nameOf } from "./wording";

const person = (name: string, share = "MUTUAL", kind: Person["kind"] = null): Person =>
	({
		id: name,
		kind,
		whenMet: [{ eventTitle: "Repair Summit", days: ["2027-04-22"] }],
		notes: [{ text: `Met ${name} by the café door` }],
		promises: [{ text: "the truing stand" }],
		insights: name === "Gus" ? [{ text: "Oil first, then wax" }] : [],
		gifts: [],
		swaps: [{ id: `swap ${name}`, share, card: { name, pronouns: null, upTo: "keeping bees" } }],
	}) as unknown as Person;

const ALL = [
	person("Zoë Müller"),
	person("Ａｎｎａ"),
	person("山田 花子", "MUTUAL", "GET_TO_KNOW"),
	person("Gus", "NONE"),
];
const found = (search: string, kind: Person["kind"] = null) => matching(ALL, kind, search).map(({ id }) => id);

test.each([
	["zoe mull", ["Zoë Müller"]],
	["anna", ["Ａｎｎａ"]],
	["花", ["山田 花子"]],
	["bees zoe", ["Zoë Müller"]],
	["wax oil", ["Gus"]],
	["cafe zoe", ["Zoë Müller"]],
	["truing anna", ["Ａｎｎａ"]],
])("“%s” finds them in any script, typed in part", (search, names) => {
	expect(found(search)).toEqual(names);
});

test("what has not left the phone is looked through too", () => {
	const unsent = ({ id }: Person) => (id === "Gus" ? ["borrowed the ladder"] : []);
	expect(matching(ALL, null, "ladder", unsent).map(({ id }) => id)).toEqual(["Gus"]);
});

test("a kind narrows them", () => {
	expect(found("", "GET_TO_KNOW")).toEqual(["山田 花子"]);
	expect(found("bees", "WORKED_WITH")).toEqual([]);
});

test("who shares nothing any more has no name here", () => {
	expect(nameOf(person("Gus", "NONE"))).toMatch(/^Someone you met at .*Repair Summit/);
});
