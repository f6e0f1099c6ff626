import { expect, test } from "vitest";
import type { Operation } from "../offline/outbox/operations";
import { type Review, withAnswered } from "./laid-over";

const person = (id: string): Review["followUps"][number] => ({
	id,
	kind: "MEET",
	state: "OPEN",
	reason: "",
	draft: "",
	dueOn: "2027-04-23",
	times: ["2027-05-03T10:00:00Z"],
	theirTimezone: "UTC",
	relationship: { id: "r" },
	swap: { id: `s-${id}`, card: { name: "Ben" }, contact: null },
});
const review: Review = {
	weekOf: "2027-04-19",
	complete: false,
	endedAt: null,
	nextAt: null,
	knowsSomebody: true,
	followUps: [person("a"), person("b")],
};

test("a review is complete once each of its people has an answer", () => {
	const done = withAnswered(review, { operation: "DoFollowUp", variables: { followUp: "a" } });
	expect(done.complete).toBe(false);
	const all = withAnswered(done, { operation: "DismissFollowUp", variables: { followUp: "b" } });
	expect(all.complete).toBe(true);
	expect(all.followUps.map(({ state }) => state)).toEqual(["DONE", "DISMISSED"]);
});

test("a week that was ended is complete whatever is left, until its person goes on with it", () => {
	const ended = withAnswered(review, { operation: "EndReview", variables: { weekOf: review.weekOf } });
	expect([ended.complete, ended.endedAt === null]).toEqual([true, false]);
	expect(withAnswered(ended, { operation: "ReopenReview", variables: { weekOf: review.weekOf } })).toEqual(review);
	const last = { operation: "EndReview", variables: { weekOf: "2027-04-12" } } as const;
	expect(withAnswered(review, last)).toEqual(review);
});

test("whoever is withdrawn from is gone from it", () => {
	const withdrawn = { operation: "Withdraw", variables: { swap: "s-a" } } as Operation;
	expect(withAnswered(review, withdrawn).followUps.map(({ id }) => id)).toEqual(["b"]);
});
