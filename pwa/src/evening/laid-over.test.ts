import { describe, expect, test } from "vitest";
import type { Operation } from "../offline/outbox/operations";
import { type Evening, type FollowUp, withAnswered, withoutPeople } from "./laid-over";

const followUp = (id: string, state: FollowUp["state"]): FollowUp => ({
	id,
	kind: "THANK",
	state,
	reason: "",
	draft: "",
	dueOn: "2027-04-22",
	swap: { id: "s", card: { name: "Ben" }, contact: null },
	other: null,
});
const evening: Evening = {
	on: "2027-04-22",
	readyAt: "2027-04-22T20:00:00Z",
	complete: false,
	endedAt: null,
	askWaits: null,
	followUps: [followUp("a", "OPEN"), followUp("b", "DONE")],
};

describe("an evening with an answer laid over it", () => {
	test.each<[Operation, FollowUp["state"], string]>([
		[{ operation: "DoFollowUp", variables: { followUp: "a" } }, "DONE", "2027-04-22"],
		[{ operation: "DismissFollowUp", variables: { followUp: "a" } }, "DISMISSED", "2027-04-22"],
		[{ operation: "PostponeFollowUp", variables: { followUp: "a", until: "2027-04-25" } }, "LATER", "2027-04-25"],
	])("is complete by %o", (answer, state, dueOn) => {
		const laid = withAnswered(evening, answer, "e");
		expect(laid.followUps[0]).toMatchObject({ state, dueOn });
		expect(laid.complete).toBe(true);
	});

	test("is open again when an answer is taken back", () => {
		const later = withAnswered(
			evening,
			{ operation: "PostponeFollowUp", variables: { followUp: "a", until: "x" } },
			"e",
		);
		const again = withAnswered(later, { operation: "ReopenFollowUp", variables: { followUp: "a" } }, "e");
		expect(again).toEqual(evening);
	});

	test("is as it was for an answer to another evening's follow-up", () => {
		expect(withAnswered(evening, { operation: "DoFollowUp", variables: { followUp: "z" } }, "e")).toBe(evening);
	});

	test("is complete once it was ended, and as it was when it is gone on with", () => {
		const ended = withAnswered(evening, { operation: "EndEvening", variables: { event: "e" } }, "e");
		expect(ended).toMatchObject({ complete: true, endedAt: evening.readyAt });
		expect(ended.followUps).toEqual(evening.followUps);
		expect(withAnswered(ended, { operation: "ReopenEvening", variables: { event: "e" } }, "e")).toEqual(evening);
	});

	test("is not ended by the end of another evening", () => {
		expect(withAnswered(evening, { operation: "EndEvening", variables: { event: "z" } }, "e")).toBe(evening);
	});

	test("loses both an introduction and an ask of somebody who is gone", () => {
		const mei = { id: "m", card: { name: "Mei" } };
		const introduction = { ...followUp("c", "OPEN"), kind: "INTRODUCE" as const, other: mei };
		const gone = withoutPeople(
			{ ...evening, askWaits: mei, followUps: [...evening.followUps, introduction] },
			(swap) => swap === "m",
		);
		expect(gone).toEqual(evening);
	});
});
