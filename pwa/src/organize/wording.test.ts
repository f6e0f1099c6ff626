import { expect, test } from "vitest";
import { aYearLater, inOrder } from "./wording";

const role = (slug: string, startsAt: string, endsAt: string) => ({
	role: "OWNER" as const,
	event: {
		id: slug,
		slug,
		title: slug,
		startsAt,
		endsAt,
		timezone: "Europe/Lisbon",
		scansPeopleOut: false,
		checksInWith: "TICKET" as const,
	},
});

test("the next event comes first, and of those that are over the last one", () => {
	const roles = [
		role("long-ago", "2025-04-22T08:00:00Z", "2025-04-22T16:00:00Z"),
		role("far", "2028-04-22T08:00:00Z", "2028-04-22T16:00:00Z"),
		role("now", "2027-04-22T08:00:00Z", "2027-04-22T16:00:00Z"),
		role("last", "2026-04-22T08:00:00Z", "2026-04-22T16:00:00Z"),
	];
	const { coming, past } = inOrder(roles, new Date("2027-04-22T12:00:00Z"));
	expect(coming.map(({ event }) => event.slug)).toEqual(["now", "far"]);
	expect(past.map(({ event }) => event.slug)).toEqual(["last", "long-ago"]);
});

test("the way to the door stays for as long as doors take scans", () => {
	const roles = [role("now", "2027-04-22T08:00:00Z", "2027-04-22T16:00:00Z")];
	expect(inOrder(roles, new Date("2027-04-23T04:00:00Z")).coming).toHaveLength(1);
	expect(inOrder(roles, new Date("2027-04-23T04:01:00Z")).past).toHaveLength(1);
});

test("the next edition is proposed on the same weekday", () => {
	expect(aYearLater("2027-04-22T09:00")).toBe("2028-04-20T09:00");
	expect(aYearLater("")).toBe("");
});
