import { expect, test } from "vitest";
import { SessionKeys } from "./session-keys";

const session = (title: string) => ({
	title,
	room: null,
	startsAt: "2027-04-22T09:00:00Z",
	endsAt: "2027-04-22T10:00:00Z",
	capacity: null,
});

test("after a lost answer only what was mended is new", () => {
	const keys = new SessionKeys();
	const first = keys.of([session("A"), session("B")]);
	const [again, ...others] = keys.of([session("A"), session("C"), session("B")]);
	expect(again).toBe(first[0]);
	expect(others[1]).toBe(first[1]);
	expect(new Set([...first, ...others]).size).toBe(3);
});

test("two that are written alike are two sessions, in every try", () => {
	const keys = new SessionKeys();
	const first = keys.of([session("A"), session("A")]);
	expect(new Set(first).size).toBe(2);
	expect(keys.of([session("A"), session("A")])).toEqual(first);
});

test("what was added and is written once more is another session", () => {
	const keys = new SessionKeys();
	const [first] = keys.of([session("A")]);
	keys.added([session("A")]);
	expect(keys.of([session("A")])).not.toContain(first);
});
