import { describe, expect, test } from "vitest";
import type { Waiting } from "../offline/outbox/waiting";
import { isNamed, layOver, type Meeting, withAnswer } from "./laid-over";

const OPTIONS = ["2027-04-26T14:00:00Z", "2027-04-28T14:00:00Z"];
const proposed: Meeting = {
	id: "m1",
	key: null,
	state: "PROPOSED",
	myTurn: true,
	options: OPTIONS,
	startsAt: null,
	minutes: 20,
	place: null,
	myTimezone: "Europe/Lisbon",
	theirTimezone: "America/New_York",
	changedAt: "2027-04-22T09:00:00Z",
	tookPlace: null,
	with: { id: "s1", card: { name: "Ben Ode" } },
	agenda: null,
	calendarFile: null,
};
const whom = () => ({ name: "Ben Ode", myTimezone: "Europe/Lisbon", theirTimezone: null });

let place = 0;
function waiting(operation: Waiting["operation"], variables: object, key = `key-${place}`): Waiting {
	place += 1;
	const facts = { place, person: "me", key, thing: "s1", slot: null, event: null, refusal: null };
	return { ...facts, operation, variables, madeAt: "2027-04-22T10:00:00Z" } as Waiting;
}

describe("what waits is laid over what is known", () => {
	test("a proposal stands in the list before it is sent, under its key, and once only", () => {
		const item = waiting("ProposeMeeting", { swap: "s1", options: OPTIONS, minutes: 30, place: "A café" }, "k1");
		const [laid] = layOver([], [item], whom);
		expect(laid).toMatchObject({ id: "k1", key: "k1", state: "PROPOSED", myTurn: false, minutes: 30, place: "A café" });
		expect(layOver([{ ...proposed, key: "k1" }], [item], whom)).toHaveLength(1);
	});

	test("an accepted time, other times, and calling it off", () => {
		const accepted = waiting("AnswerMeeting", { meeting: "m1", startsAt: OPTIONS[1] });
		expect(layOver([proposed], [accepted], whom)[0]).toMatchObject({ state: "AGREED", startsAt: OPTIONS[1] });
		const declined = waiting("AnswerMeeting", { meeting: "m1", startsAt: null });
		expect(layOver([proposed], [declined], whom)[0]).toMatchObject({ state: "DECLINED", startsAt: null });
		const others = waiting("SuggestTimes", {
			meeting: "m1",
			options: ["2027-05-01T14:00:00Z", "2027-05-02T14:00:00Z"],
		});
		expect(layOver([proposed], [accepted, others], whom)[0]).toMatchObject({
			state: "PROPOSED",
			startsAt: null,
			myTurn: false,
			options: ["2027-05-01T14:00:00Z", "2027-05-02T14:00:00Z"],
		});
		const off = waiting("CancelMeeting", { meeting: "m1" });
		expect(layOver([proposed], [accepted, off], whom)[0]).toMatchObject({ state: "CANCELLED", startsAt: null });
	});

	test("a proposal that is not sent yet is called off by its key", () => {
		const item = waiting("ProposeMeeting", { swap: "s1", options: OPTIONS, minutes: 20 }, "k2");
		const off = waiting("CancelMeeting", { meeting: "k2" });
		expect(layOver([], [item, off], whom)[0]).toMatchObject({ id: "k2", state: "CANCELLED" });
	});

	test("a marked question and what was learned", () => {
		const prompt = {
			id: "p1",
			libraryKey: "l",
			phase: "OPEN",
			quote: null,
			text: "?",
			why: "",
			state: "WAITING",
		} as const;
		const agreed: Meeting = { ...proposed, agenda: { prompts: [{ ...prompt, insight: null }] } };
		const marks = [
			waiting("MarkPrompt", { prompt: "p1", state: "ASKED", insight: "Keeps bees" }),
			waiting("MarkPrompt", { prompt: "p1", state: "ASKED" }),
		];
		const [laid] = layOver([agreed], marks, whom);
		expect(laid?.agenda?.prompts[0]).toMatchObject({ state: "ASKED", insight: "Keeps bees" });
	});

	test("whoever withdraws or blocks sees nothing of it from that moment", () => {
		for (const operation of ["Withdraw", "Block"] as const) {
			expect(layOver([proposed], [waiting(operation, { swap: "s1" })], whom)).toEqual([]);
		}
	});
});

test("an answer takes the place of what was known", () => {
	const answer = { ...proposed, state: "AGREED" as const };
	expect(withAnswer([proposed], answer)).toEqual([answer]);
	expect(withAnswer([], answer)).toEqual([answer]);
});

test("it is named by its id and by its key", () => {
	expect(isNamed({ ...proposed, key: "k1" }, "k1")).toBe(true);
	expect(isNamed(proposed, "m1")).toBe(true);
	expect(isNamed(proposed, "m2")).toBe(false);
});
