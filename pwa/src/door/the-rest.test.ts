import { IDBFactory } from "fake-indexeddb";
import { beforeEach, expect, test, vi } from "vitest";
import { closeDatabase } from "../offline/database";
import type { RoomAt } from "../offline/doors/places";
import { RoomScans } from "../rooms/room-scans.svelte";
import { EVENT } from "./server-stand-in";
import { restOf } from "./the-rest";

const event = {
	id: EVENT,
	slug: "day",
	title: "A day",
	timezone: "Europe/Lisbon",
	scansPeopleOut: false,
	checksInWith: "TICKET",
} as const;
const room: RoomAt = {
	id: "session",
	title: "Mending zips",
	room: null,
	startsAt: "2026-04-22T09:00:00Z",
	endsAt: "2026-04-22T10:00:00Z",
	capacity: null,
	came: 0,
	hereNow: 0,
	hereNowIsKnown: false,
};

beforeEach(async () => {
	await closeDatabase();
	vi.stubGlobal("indexedDB", new IDBFactory());
	vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no network")));
});

test("what waits of a session's room is found and sent after the phone was taken off it", async () => {
	const scans = new RoomScans({ place: "phone p", person: null, event, session: room }, () => undefined);
	await scans.scan("AAAA", "IN");
	scans.stop();
	const rest = restOf({ event, room }, "phone p");
	await rest.ready;
	expect(rest.waiting).toMatchObject([{ value: { kind: "scan", code: "AAAA" } }]);
	rest.stop();
});
