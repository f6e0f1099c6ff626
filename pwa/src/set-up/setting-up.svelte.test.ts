import { IDBFactory } from "fake-indexeddb";
import { beforeEach, expect, test, vi } from "vitest";
import { EventSettings, UpdateEvent } from "../graphql/documents.generated";
import { closeDatabase } from "../offline/database";
import { rememberPerson } from "../offline/person";
import { SettingUp } from "./setting-up.svelte";

const first = {
	id: "E",
	slug: "fair",
	title: "Fair",
	venue: null as string | null,
	startsAt: "2027-04-22T08:00:00Z",
	endsAt: "2027-04-22T16:00:00Z",
	timezone: "Europe/Lisbon",
	usesCheckIn: true,
	scansPeopleOut: false,
	checksInWith: "TICKET",
	cardQuestions: ["UP_TO"],
	languages: ["en"],
	settings: { capacity: 80 as number | null, placesTaken: 3, eveningAt: "20:00", retentionDays: 30, continues: null },
};
const SETTINGS = ["capacity", "eveningAt", "retentionDays"];
/** The event as the server has it, whoever changed it last. */
let event = first;
let saved: { readonly input: object; readonly seen: object }[] = [];

function change(input: object): void {
	const own = Object.fromEntries(Object.entries(input).filter(([name]) => !SETTINGS.includes(name)));
	const settings = Object.fromEntries(Object.entries(input).filter(([name]) => SETTINGS.includes(name)));
	event = { ...event, ...own, settings: { ...event.settings, ...settings } };
}

/** Another organizer, at another phone. */
const somebodyElse = { changes: change };

function answer(_: unknown, init: RequestInit): Response {
	const { documentId, variables } = JSON.parse(init.body as string);
	if (documentId === EventSettings.id) return Response.json({ data: { event } });
	if (documentId !== UpdateEvent.id) return Response.json({ data: { me: null } });
	const { input, seen } = variables as { input: Record<string, unknown>; seen: Record<string, unknown> };
	saved.push({ input, seen });
	const now: Record<string, unknown> = { ...event, ...event.settings };
	const field = Object.keys(seen).find((name) => now[name] !== seen[name] && now[name] !== input[name]);
	const refused = { __typename: "ChangedMeanwhile", message: "Look again.", field };
	if (field === undefined) change(input);
	return Response.json({ data: { updateEvent: field === undefined ? { __typename: "Event", ...event } : refused } });
}

async function opened(): Promise<SettingUp> {
	const settings = new SettingUp("fair", "E");
	await settings.read();
	return settings;
}

function write(settings: SettingUp, written: object): void {
	Object.assign(settings.form as object, written);
}

beforeEach(async () => {
	await closeDatabase();
	vi.stubGlobal("indexedDB", new IDBFactory());
	vi.stubGlobal("fetch", answer);
	event = first;
	saved = [];
	await rememberPerson("ana");
});

test("undo brings back what was saved here, and leaves what somebody else changed meanwhile", async () => {
	const settings = await opened();
	somebodyElse.changes({ capacity: 120 });
	write(settings, { venue: "The old school" });
	await settings.save();
	expect(settings.form).toMatchObject({ venue: "The old school", capacity: "120" });
	await settings.putBack();
	expect(saved.at(-1)).toEqual({ input: { venue: null }, seen: { venue: "The old school" } });
	expect(event.settings.capacity).toBe(120);
});

test("what was begun earlier takes nothing back that somebody else changed meanwhile", async () => {
	const before = await opened();
	write(before, { venue: "The old school" });
	await before.keepBegun(before.form);
	somebodyElse.changes({ capacity: 120, title: "Spring Fair" });
	const settings = await opened();
	expect(settings.isBegun).toBe(true);
	expect(settings.form).toMatchObject({ venue: "The old school", capacity: "120", title: "Spring Fair" });
	await settings.save();
	expect(saved).toEqual([{ input: { venue: "The old school" }, seen: { venue: null } }]);
});

test("where both wrote the same it is said, and saving once more puts one's own in its place", async () => {
	const settings = await opened();
	somebodyElse.changes({ title: "Spring Fair", capacity: 120 });
	write(settings, { title: "May Fair" });
	await settings.save();
	expect(event.title).toBe("Spring Fair");
	expect(settings.errorOf("title")).toContain("Somebody else has changed this meanwhile.");
	expect(settings.form).toMatchObject({ title: "May Fair", capacity: "120" });
	await settings.save();
	expect(event).toMatchObject({ title: "May Fair", settings: { capacity: 120 } });
	expect(settings.errorOf("title")).toBeNull();
});

test("that both wrote the same is said of what was begun earlier too", async () => {
	const before = await opened();
	write(before, { title: "May Fair" });
	await before.keepBegun(before.form);
	somebodyElse.changes({ title: "Spring Fair" });
	const settings = await opened();
	expect(settings.errorOf("title")).toContain("Somebody else has changed this meanwhile.");
	settings.letGo();
	expect(settings.form?.title).toBe("Spring Fair");
});
