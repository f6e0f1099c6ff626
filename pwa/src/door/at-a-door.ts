// A door as tests of it have it: the real station, queue and list over a stand-in of the server, on an empty phone each time.
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, expect, vi } from "vitest";
import { closeDatabase } from "../offline/database";
import { DoorScans } from "./door-scans.svelte";
import { EVENT, SilentSocket, StandIn } from "./server-stand-in";
import { Station } from "./station.svelte";
import type { Told } from "./verdict";

/** The server of the test that runs; it knows the tickets of Ana and of Ben. */
export let server: StandIn;
/** What the helper was told, in order. */
export let told: Told[];
let stations: Station[];

/** Prepares each test of a file, and ends its doors. */
export function beginAnew(): void {
	beforeEach(async () => {
		await closeDatabase();
		vi.stubGlobal("indexedDB", new IDBFactory());
		vi.stubGlobal("WebSocket", SilentSocket);
		server = new StandIn();
		vi.stubGlobal("fetch", server.fetch);
		await server.holds("AAAA", "Ana");
		await server.holds("BBBB", "Ben");
		stations = [];
		told = [];
	});
	afterEach(() => {
		for (const station of stations) station.stop();
	});
}

/** The app at a door, opened with what the phone kept; it has its list once it could ask for one. */
export async function open(): Promise<{ station: Station; scans: DoorScans }> {
	const event = { id: EVENT, timezone: "Europe/Lisbon", scansPeopleOut: true, checksInWith: "TICKET" as const };
	const place = "person helper event";
	const door = { id: "door", name: "Main door" };
	const station = new Station({ place, person: "helper", event, door, hasHelper: true });
	stations.push(station);
	await station.queue.ready;
	await station.roster.ready;
	if (server.network === "there") await vi.waitFor(() => expect(station.roster.checkedAt).not.toBeNull());
	return { station, scans: new DoorScans(station, (each) => told.push(each)) };
}

export const words = () => told.map(({ word }) => word);
export const sent = (station: Station) => vi.waitFor(() => expect(station.queue.waiting).toEqual([]));
