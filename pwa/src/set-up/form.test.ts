import { describe, expect, test } from "vitest";
import type { EventRole } from "../app/session.svelte";
import { changesOf, editionsBefore, emptyForm, formOf, isUnchanged, toggled } from "./form";

const LANGUAGES = ["en", "de", "pt"];
const event = {
	id: "E",
	slug: "fair",
	title: "Fair",
	venue: null,
	startsAt: "2027-04-22T08:00:00Z",
	endsAt: "2027-04-22T16:00:00Z",
	timezone: "Europe/Lisbon",
	usesCheckIn: true,
	scansPeopleOut: false,
	checksInWith: "TICKET",
	cardQuestions: ["UP_TO", "SEEKING"],
	languages: ["de"],
	settings: { capacity: 80, placesTaken: 3, eveningAt: "20:00", retentionDays: 30, continues: null },
} as const;
const saved = formOf({ ...event, cardQuestions: [...event.cardQuestions], languages: [...event.languages] });

test("an event is shown by the clock on its own wall", () => {
	expect([saved.starts, saved.ends, saved.capacity, saved.venue]).toEqual([
		"2027-04-22T09:00",
		"2027-04-22T17:00",
		"80",
		"",
	]);
});

test("only what was changed is told", () => {
	expect(changesOf(saved, saved, LANGUAGES)).toEqual({ changes: {} });
	expect(isUnchanged({ ...saved }, saved)).toBe(true);
	const form = { ...saved, capacity: " ", venue: "The old school", retentionDays: "many", languages: LANGUAGES };
	expect(changesOf(form, saved, LANGUAGES)).toEqual({
		changes: { capacity: null, venue: "The old school", retentionDays: 0, languages: [] },
	});
});

test("in another zone the event keeps its hours on the wall", () => {
	expect(changesOf({ ...saved, timezone: "Asia/Tokyo" }, saved, LANGUAGES)).toEqual({
		changes: { timezone: "Asia/Tokyo", startsAt: "2027-04-22T00:00:00Z", endsAt: "2027-04-22T08:00:00Z" },
	});
});

test("a new event needs its start, and its end only when one is written", () => {
	const empty = emptyForm("Europe/Lisbon", LANGUAGES);
	expect(changesOf({ ...empty, title: "Fair", starts: "2027-04-22T09:00" }, empty, LANGUAGES)).toEqual({
		changes: { title: "Fair", startsAt: "2027-04-22T08:00:00Z" },
	});
	expect(changesOf({ ...empty, starts: "x" }, empty, LANGUAGES)).toEqual({ missing: "starts" });
	expect(changesOf({ ...saved, ends: "" }, saved, LANGUAGES)).toEqual({ missing: "ends" });
});

test("a choice goes in and out in the order of all", () => {
	expect(toggled(["pt", "en"], "de", LANGUAGES)).toEqual(["en", "de", "pt"]);
	expect(toggled(["en", "de"], "en", LANGUAGES)).toEqual(["de"]);
});

describe("the edition before", () => {
	const role = (id: string, year: number, kind: "OWNER" | "DOOR_HELPER" = "OWNER") =>
		({ role: kind, event: { id, slug: id, title: "Fair", startsAt: `${year}-04-22T08:00:00Z` } }) as EventRole;
	const roles = [role("E", 2027), role("a", 2025), role("b", 2026), role("c", 2028), role("d", 2026, "DOOR_HELPER")];

	test("is one that began before this one and that I organize", () => {
		expect(editionsBefore(event, roles, null).map(({ id }) => id)).toEqual(["b", "a"]);
	});

	test("stays to be seen where somebody else organizes it", () => {
		const before = { id: "x", slug: "x", title: "Fair" };
		expect(editionsBefore(event, roles, before).map(({ id }) => id)).toEqual(["x", "b", "a"]);
	});

	test("is chosen and let go", () => {
		expect(changesOf({ ...saved, continues: "b" }, saved, LANGUAGES)).toEqual({ changes: { continues: "b" } });
		const continued = { ...saved, continues: "b" };
		expect(changesOf(saved, continued, LANGUAGES)).toEqual({ changes: { continues: null } });
	});
});
