import { expect, test } from "vitest";
import { type Figures, toldOf, whyNothing } from "./wording";

const figures: Figures = {
	peopleWhoMetSomeone: 1238,
	medianPeopleMet: 2.5,
	peopleWhoMetNobody: 12,
	readyAt: "2027-04-23T18:00:00Z",
	workedOutAt: "2027-04-23T18:00:00Z",
};
const none = { ...figures, peopleWhoMetSomeone: null, medianPeopleMet: null, peopleWhoMetNobody: null };

test("each figure comes with what it does not say", () => {
	const told = toldOf(figures, "en-GB");
	expect(told.map(({ figure }) => figure)).toEqual(["1,238", "2.5", "12"]);
	for (const { doesNotSay } of told) expect(doesNotSay).toMatch(/\.$/);
});

test("all are told or none", () => {
	expect(toldOf({ ...figures, medianPeopleMet: null }, "en-GB")).toEqual([]);
	expect(toldOf(none, "en-GB")).toEqual([]);
});

test("before they are worked out it says when they come, in the event's zone", () => {
	expect(whyNothing({ ...none, workedOutAt: null }, "Europe/Lisbon", "en-GB")).toBe(
		"They come a day after the end: Friday 23 April, 19:00.",
	);
});

test("afterwards it says why none is told", () => {
	expect(whyNothing(none, "Europe/Lisbon", "en-GB")).toContain("fewer than five on either side");
});
