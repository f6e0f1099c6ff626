import { describe, expect, test } from "vitest";
import type { Operation } from "../offline/outbox/operations";
import { type Evening, type FollowUp, withAnswered } from "./laid-over";

const followUp = (id: string, state: FollowUp["state"]): FollowUp => ({
	id,
	kind: "THANK",
	state,
	reason: "",
	draft: "",
	dueOn: "2027-04-22",
	swap: { id: "s", card: { name: "Ben" }, contact: null },
});
const evening: Evening = {
	on: "2027-04-22",
	readyAt: "2027-04-22T20:00:00Z",
	complete: false,
	followUps: [followUp("a", "OPEN"), followUp("b", "DONE")],
};

describe("an evening with an answer laid over it", () => {
	test.each<[Operation, FollowUp["state"], string]>([
		[{ operation: "DoFollowUp", variables: { followUp: "a" } }, "DONE", "2027-04-22"],
		[{ operation: "DismissFollowUp", variables: { followUp: "a" } }, "DISMISSED", "2027-04-22"],
		[{ operation: "PostponeFollowUp", variables: { followUp: "a", until: "2027-04-25" } }, "LATER", "2027-04-25"],
	])("is complete by %o", (answer, state, dueOn) => {
		const laid = withAnswered(evening, answer);
		expect(laid.followUps[0]).toMatchObject({ state, dueOn });
		expect(laid.complete).toBe(true);
	});

	test("is open again when an answer is taken back", () => {
		const later = withAnswered(evening, { operation: "PostponeFollowUp", variables: { followUp: "a", until: "x" } });
		const again = withAnswered(later, { operation: "ReopenFollowUp", variables: { followUp: "a" } });
		expect(again).toEqual(evening);
	});

	test("is as it was for an answer to another evening's follow-up", () => {
		expect(withAnswered(evening, { operation: "DoFollowUp", variables: { followUp: "z" } })).toBe(evening);
	});
});
