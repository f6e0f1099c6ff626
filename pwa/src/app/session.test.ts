import { IDBFactory } from "fake-indexeddb";
import { beforeEach, expect, test, vi } from "vitest";
import { closeDatabase, database } from "../offline/database";
import { keepPlace, placeOfPerson, placeOfRoom } from "../offline/doors/places";
import { Roster } from "../offline/doors/roster";
import { keepRoster, readRoster } from "../offline/doors/roster-keeping";
import { session } from "./session.svelte";

const ENTRY = {
	registration: "R",
	name: "Ana",
	ticketType: null,
	state: "REGISTERED",
	firstInAt: null,
	door: null,
	badgePrintedAt: null,
	codes: [],
} as const;

function answersWithRolesAt(...events: string[]): void {
	const roles = events.map((id) => ({ role: "DOOR_HELPER", event: { id, slug: id } }));
	vi.stubGlobal("fetch", () => Response.json({ data: { me: { id: "kim", roles } } }));
}

async function standsAt(person: string, event: string): Promise<string> {
	const place = placeOfPerson(person, event);
	await keepPlace({ place, person, endsAt: Date.now() + 86_400_000, paired: null });
	const roster = new Roster();
	roster.change([{ ...ENTRY, codes: [...ENTRY.codes] }]);
	await keepRoster(place, roster, { cursor: "1", now: Date.now() }, null);
	return place;
}

const places = async () => ((await (await database())?.getAllKeys("doorPlaces")) ?? []).map(String);

beforeEach(async () => {
	await closeDatabase();
	vi.stubGlobal("indexedDB", new IDBFactory());
});

test("whoever is no longer in a team keeps no list of its event's people on the phone", async () => {
	const [left, stays, other] = [
		await standsAt("kim", "left"),
		await standsAt("kim", "stays"),
		await standsAt("noa", "left"),
	];
	const [room, leftRoom] = [placeOfRoom(stays, "S"), placeOfRoom(left, "S")];
	for (const place of [room, leftRoom])
		await keepPlace({ place, person: "kim", endsAt: Date.now() + 86_400_000, paired: null });
	answersWithRolesAt("stays");
	await session.refresh();
	expect(await readRoster(left)).toBeNull();
	expect((await readRoster(stays))?.roster.size).toBe(1);
	expect((await places()).toSorted()).toEqual([stays, other, room].toSorted());
});

test("without an answer every list stays", async () => {
	const place = await standsAt("kim", "stays");
	vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no network")));
	await session.refresh();
	expect((await readRoster(place))?.roster.size).toBe(1);
});
