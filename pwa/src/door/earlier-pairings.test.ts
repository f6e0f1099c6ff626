import { beforeEach, expect, test, vi } from "vitest";
import { PairDoorPhone, ReplayCheckIns, ReplayRoomCheckIns } from "../graphql/documents.generated";
import { pairedPlace, unsentAt } from "../offline/doors/places";
import { RoomScans } from "../rooms/room-scans.svelte";
import { beginAnew, server } from "./at-a-door";
import { DoorScans } from "./door-scans.svelte";
import { earlierPairings } from "./earlier-pairings.svelte";
import { paired } from "./paired.svelte";
import { EVENT } from "./server-stand-in";
import { Station } from "./station.svelte";
import { sendTheRest } from "./the-rest";

beginAnew();

const event = {
	id: EVENT,
	slug: "day",
	title: "A day",
	timezone: "Europe/Lisbon",
	scansPeopleOut: true,
	checksInWith: "TICKET",
} as const;
const door = { id: "door", name: "Main door" };
const room = {
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
/** What the next pairing makes of this phone. */
let becomes: { id: string; kind: string; door?: object | null; room?: object | null };
/** Under which pairing each queue was sent, in order. */
let under: (string | undefined)[];
/** Only what is asked of rooms; doors are the stand-in's. */
let counted: string[];
/** Without it the network breaks off whenever a queue is sent. */
let takesQueues: boolean;

beforeEach(() => {
	under = [];
	counted = [];
	takesQueues = true;
	vi.stubGlobal("fetch", async (url: string, options: { body: string; headers: Record<string, string> }) => {
		if (server.network === "away") throw new TypeError("no network");
		const { documentId, variables } = JSON.parse(options.body);
		if (documentId === PairDoorPhone.id) {
			const phone = { __typename: "DoorPhone", event, helper: { name: "Kim" }, expiresAt: "2126-04-22T20:00:00Z" };
			return answer({ pairDoorPhone: { ...phone, door: null, room: null, ...becomes } });
		}
		if ([ReplayCheckIns.id, ReplayRoomCheckIns.id].includes(documentId)) {
			if (!takesQueues) throw new TypeError("broken off");
			under.push(options.headers["handsel-door-phone"]);
		}
		if (documentId !== ReplayRoomCheckIns.id) return server.fetch(url, options);
		return answer({
			replayRoomCheckIns: variables.checkIns.map(({ key, code }: { key: string; code: string }) => {
				counted.push(code);
				return { key, result: { __typename: "RoomCheckIn", key, verdict: "COUNTED", name: null, session: room } };
			}),
		});
	});
});

const answer = (data: object) =>
	new Response(JSON.stringify({ data }), { headers: { "content-type": "application/json" } });

async function become(phone: typeof becomes): Promise<void> {
	becomes = phone;
	expect(await paired.pair("code", "123456")).toBeNull();
}

/** The same while the network breaks off whenever a queue is sent. */
async function becomeUnsent(phone: typeof becomes): Promise<void> {
	takesQueues = false;
	await become(phone);
	takesQueues = true;
}

/** Scans at the door that this phone is, without a network. */
async function scanAtDoor(): Promise<void> {
	const station = new Station({ place: paired.place ?? "", person: null, event, door, hasHelper: true });
	await station.queue.ready;
	server.network = "away";
	await new DoorScans(station, () => undefined).scan("AAAA", "IN");
	station.stop();
	server.network = "there";
}

test.each([
	["a kiosk", { id: "second", kind: "KIOSK", door }],
	["a session's room", { id: "second", kind: "ROOM", room }],
	["a door again, after it was taken off one", { id: "second", kind: "DOOR", door }],
])("what waits of a door is sent as that door's after the phone became %s", async (_, next) => {
	await become({ id: "first", kind: "DOOR", door });
	await scanAtDoor();
	await becomeUnsent(next);
	await sendTheRest();
	expect(server.inside).toEqual(new Set(["Ana"]));
	expect(under).toEqual(["first"]);
	expect(await unsentAt(() => true)).toBe(0);
	expect((await pairedPlace())?.paired.id).toBe("second");
});

test("what waits of a room is sent as that room's after the phone became a door", async () => {
	await become({ id: "first", kind: "ROOM", room });
	const scans = new RoomScans({ place: paired.place ?? "", person: null, event, session: room }, () => undefined);
	server.network = "away";
	await scans.scan("AAAA", "IN");
	scans.stop();
	server.network = "there";
	await becomeUnsent({ id: "second", kind: "DOOR", door });
	await sendTheRest();
	expect(counted).toEqual(["AAAA"]);
	expect(under).toEqual(["first"]);
	expect(await unsentAt(() => true)).toBe(0);
});

test("what could not be sent of an earlier pairing is still there and counted", async () => {
	await become({ id: "first", kind: "DOOR", door });
	await scanAtDoor();
	await becomeUnsent({ id: "second", kind: "KIOSK", door });
	takesQueues = false;
	await sendTheRest();
	expect(earlierPairings.waiting).toBe(1);
	takesQueues = true;
	await sendTheRest();
	expect(earlierPairings.waiting).toBe(0);
	expect(server.inside).toEqual(new Set(["Ana"]));
});
