import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LeaveDoor, PairDoorPhone, ReplayRoomCheckIns } from "../graphql/documents.generated";
import { closeDatabase } from "../offline/database";
import { keepPlace, type PairedDoor, placeOfPerson, placeOfRoom, type RoomAt, unsentAt } from "../offline/doors/places";
import { forgetPerson, rememberPerson } from "../offline/person";
import { RoomScans } from "../rooms/room-scans.svelte";
import { paired } from "./paired.svelte";
import { EVENT } from "./server-stand-in";
import { restOf, sendTheRest } from "./the-rest";

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
const endsAt = Date.now() + 3_600_000;
const everything = () => unsentAt(() => true);
const ofZoe = placeOfPerson("zoe", EVENT);

/** What the server was asked, in order. */
let asked: { documentId: string; variables: { checkIns?: { code: string; session: string }[] } }[];
let isThere: boolean;

beforeEach(async () => {
	await closeDatabase();
	vi.stubGlobal("indexedDB", new IDBFactory());
	vi.stubGlobal("fetch", async (_url: string, { body }: { body: string }) => {
		if (!isThere) throw new TypeError("no network");
		asked.push(JSON.parse(body));
		return new Response(JSON.stringify({ data: answerTo(asked.at(-1) as (typeof asked)[number]) }), {
			headers: { "content-type": "application/json" },
		});
	});
	asked = [];
	isThere = false;
});
afterEach(() => forgetPerson());

function answerTo({ documentId, variables }: (typeof asked)[number]): object {
	if (documentId === LeaveDoor.id) return { leaveDoor: { __typename: "Done", message: "" } };
	if (documentId === PairDoorPhone.id) return { pairDoorPhone: { __typename: "PinNotValid", message: "No such PIN." } };
	const told = { __typename: "RoomCheckIn", verdict: "COUNTED", name: null, offline: true, session: room };
	return { replayRoomCheckIns: (variables.checkIns ?? []).map((each) => ({ result: { ...told, ...each } })) };
}

/** Somebody counted there without a network, and went on to another screen. */
async function counted(code: string, place: string, person: string | null, at: RoomAt = room): Promise<void> {
	await keepPlace({
		place: placeOfRoom(place, at.id),
		person,
		endsAt,
		paired: null,
		at: { event: EVENT, session: at.id },
	});
	const scans = new RoomScans({ place, person, event, session: at }, () => undefined);
	await scans.scan(code, "IN");
	scans.stop();
}

/** This phone stands at a room now. */
async function standsAt(at: RoomAt): Promise<void> {
	const helper = "Lea";
	const door: PairedDoor = {
		id: "p",
		kind: "ROOM",
		event,
		door: { id: "", name: "" },
		room: at,
		helper,
		expiresAt: "",
	};
	await keepPlace({ place: "phone p", person: null, endsAt, paired: door, at: { event: EVENT, session: null } });
	paired.door = door;
}

test("what waits of a session's room is found and sent after the phone was taken off it", async () => {
	await counted("AAAA", "phone p", null);
	const rest = restOf(placeOfRoom("phone p", "session"), null, { event: EVENT, session: "session" });
	await rest.ready;
	expect(rest.waiting).toMatchObject([{ value: { kind: "scan", code: "AAAA" } }]);
	rest.stop();
});

test("what a helper counted at one room is sent although they never come back to it", async () => {
	await rememberPerson("zoe");
	await counted("AAAA", ofZoe, "zoe");
	isThere = true;
	await sendTheRest();
	expect(asked).toMatchObject([
		{ documentId: ReplayRoomCheckIns.id, variables: { checkIns: [{ code: "AAAA", session: "session" }] } },
	]);
	expect(await everything()).toBe(0);
});

test("what somebody else counted on this phone stays for them", async () => {
	await counted("AAAA", ofZoe, "zoe");
	await rememberPerson("ana");
	isThere = true;
	await sendTheRest();
	expect(asked).toEqual([]);
	expect(await everything()).toBe(1);
});

test("what a screen shows is left to it", async () => {
	await rememberPerson("zoe");
	await counted("AAAA", ofZoe, "zoe");
	const scans = new RoomScans({ place: ofZoe, person: "zoe", event, session: room }, () => undefined);
	await scans.queue.ready;
	isThere = true;
	await sendTheRest();
	expect(asked).toEqual([]);
	scans.stop();
});

test("a phone that goes on to another room sends first what it counted at the one before", async () => {
	await standsAt(room);
	await counted("AAAA", "phone p", null);
	isThere = true;
	expect(await paired.pair("code", "123456")).toBe("No such PIN.");
	expect(asked.map(({ documentId }) => documentId)).toEqual([ReplayRoomCheckIns.id, PairDoorPhone.id]);
});

test("a phone is not given back while something waits from an earlier room", async () => {
	await standsAt({ ...room, id: "next" });
	await counted("AAAA", "phone p", null);
	expect(await paired.leave()).toContain("could not be sent");
	isThere = true;
	expect(await paired.leave()).toBeNull();
	expect(asked.map(({ documentId }) => documentId)).toEqual([ReplayRoomCheckIns.id, LeaveDoor.id]);
	expect(await everything()).toBe(0);
});
