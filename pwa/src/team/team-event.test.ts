import { expect, test } from "vitest";
import { accessTo } from "./team-event";

const event = (slug: string) => ({
	id: slug,
	slug,
	title: slug,
	startsAt: "2026-04-22T08:00:00Z",
	endsAt: "2026-04-22T16:00:00Z",
	timezone: "Europe/Lisbon",
	scansPeopleOut: false,
	checksInWith: "TICKET" as const,
});
const roles = [
	{ role: "DOOR_HELPER", event: event("repair") },
	{ role: "DOOR_HELPER", event: event("both") },
	{ role: "ORGANIZER", event: event("both") },
	{ role: "OWNER", event: event("own") },
] as const;

test("a helper opens the door and not the figures", () => {
	expect(accessTo("door", "repair", roles).kind).toBe("open");
	expect(accessTo("attendance", "repair", roles).kind).toBe("organizers-only");
	expect(accessTo("badges", "repair", roles).kind).toBe("organizers-only");
	expect(accessTo("prompts", "repair", roles).kind).toBe("organizers-only");
});

test("an organizer opens both, also where they help as well", () => {
	for (const slug of ["own", "both"]) {
		expect(accessTo("door", slug, roles).kind).toBe("open");
		expect(accessTo("attendance", slug, roles).kind).toBe("open");
		expect(accessTo("badges", slug, roles).kind).toBe("open");
	}
});

test("another event is not told from one that is not there", () => {
	expect(accessTo("door", "elsewhere", roles)).toEqual({ kind: "not-mine" });
});

test("an open event stays open under another word in its address, and closes with the role", () => {
	expect(accessTo("set-up", "its-word-before", roles, "own")).toMatchObject({ kind: "open", event: { slug: "own" } });
	expect(accessTo("set-up", "own", [], "own")).toEqual({ kind: "not-mine" });
	expect(accessTo("set-up", "its-word-before", roles)).toEqual({ kind: "not-mine" });
});

test("the address may be written in capitals", () => {
	expect(accessTo("door", "Repair", roles).kind).toBe("open");
});
