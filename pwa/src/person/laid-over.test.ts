import { describe, expect, test } from "vitest";
import type { Operation } from "../offline/outbox/operations";
import { type Kept, withoutSwap, withWritten } from "./laid-over";

const card = { name: "Ben Okafor", pronouns: null, upTo: "tools" };
const swap = {
	id: "s",
	share: "MUTUAL",
	card,
	contact: { email: "ben@example.org", phone: null, links: [], file: null },
};
const BEN = {
	__typename: "Relationship",
	id: "r",
	kind: null,
	ended: false,
	lastTouchAt: "2027-04-22T09:00:00Z",
	restingUntil: null,
	whenMet: [],
	swaps: [swap],
	notes: [],
	promises: [{ id: "p", key: "pk", kind: "SEND", text: "the article", dueOn: null, keptAt: null }],
	insights: [],
	gifts: [],
} as unknown as Kept;

const at = "2027-05-01T10:00:00Z";
const touch = {
	relationship: "r",
	key: "k",
	at,
	gave: "Honey",
	gaveKind: null,
	received: null,
	receivedKind: "ADVICE",
};
const logged = { operation: "LogTouch", variables: touch } as Operation;

describe("what was written about somebody", () => {
	test("a touch moves the clock and shows what was given and received", () => {
		const laid = withWritten(BEN, logged, at);
		expect(laid.lastTouchAt).toBe(at);
		expect(laid.gifts.map(({ direction, kind, text }) => [direction, kind, text])).toEqual([
			["GAVE", "OTHER", "Honey"],
			["RECEIVED", "ADVICE", ""],
		]);
	});

	test("a touch of before never moves the clock back, and laid over twice it is one", () => {
		const early = { ...logged, variables: { ...touch, at: "2027-04-01T10:00:00Z" } } as Operation;
		const laid = withWritten(withWritten(BEN, early, at), early, at);
		expect(laid.lastTouchAt).toBe(BEN.lastTouchAt);
		expect(laid.gifts).toHaveLength(2);
	});

	test("taken back, nothing of it is left", () => {
		const taken = { operation: "TakeBackTouch", variables: { relationship: "r", key: "k" } } as Operation;
		expect(withWritten(withWritten(BEN, logged, at), taken, at).gifts).toEqual([]);
	});

	test("a promise is kept, and open again", () => {
		const kept = withWritten(BEN, { operation: "KeepPromise", variables: { promise: "p" } }, at);
		expect(kept.promises[0]?.keptAt).toBe(at);
		const reopened = withWritten(kept, { operation: "ReopenPromise", variables: { promise: "p" } }, at);
		expect(reopened.promises[0]?.keptAt).toBeNull();
	});
});

describe("somebody who is gone", () => {
	test.each(["Withdraw", "Block"])("%s leaves nothing of theirs and all of mine", (operation) => {
		const left = withWritten(BEN, { operation, variables: { swap: "s" } } as unknown as Operation, at);
		expect(left.ended).toBe(true);
		expect(JSON.stringify(left)).not.toContain("Ben");
		expect(left.promises).toEqual(BEN.promises);
	});

	test("another swap that ends leaves them as they are", () => {
		expect(withoutSwap(BEN, (id) => id === "other")).toEqual(BEN);
	});
});
