import { IDBFactory } from "fake-indexeddb";
import { beforeEach, expect, test, vi } from "vitest";
import { closeDatabase } from "../offline/database";
import { RoomScans } from "./room-scans.svelte";

const FORBIDDEN = { errors: [{ message: "Not yours", extensions: { code: "FORBIDDEN" } }] };
const session = {
	id: "S",
	title: "Mending zips",
	room: null,
	startsAt: "2027-04-22T09:00:00Z",
	endsAt: "2027-04-22T10:00:00Z",
	capacity: null,
	came: 0,
	hereNow: 0,
	hereNowIsKnown: false,
};

beforeEach(async () => {
	await closeDatabase();
	vi.stubGlobal("indexedDB", new IDBFactory());
});

test("whoever was removed from the team counts nobody, and is not told that it is noted", async () => {
	const event = { id: "E", title: "Fair", timezone: "Europe/Lisbon", scansPeopleOut: false };
	const told = vi.fn();
	vi.stubGlobal("fetch", () => Response.json(FORBIDDEN));
	const scans = new RoomScans({ place: "person kim E", person: "kim", event, session }, told);
	await scans.scan("AAAA", "IN");
	expect(scans.stage).toMatchObject({ kind: "refused", message: expect.stringContaining("not open to you") });
	expect(told).not.toHaveBeenCalled();
	scans.stop();
});
