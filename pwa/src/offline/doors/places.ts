// The doors that this phone is: whose, at which event, and until when. When one ends, its key goes first, and with it all
// that was sealed under it.
import { database } from "../database";
import { forgetRoster } from "./roster-keeping";
import { forgetLines, lengthOf } from "./sealed-line";

/** Milliseconds for which scans are still taken that were made before a door's end. */
const TAKEN_FOR = 24 * 60 * 60_000;

/** The lines that a place has. */
export const QUEUE = "queue";
export const LOOKS = "looks";

export interface RoomAt {
	readonly id: string;
	readonly title: string;
	readonly room: string | null;
	readonly startsAt: string;
	readonly endsAt: string;
	readonly capacity: number | null;
	readonly came: number;
	readonly hereNow: number;
	readonly hereNowIsKnown: boolean;
}

/** What a paired phone shows of itself without a network. It names no attendee. */
export interface PairedDoor {
	readonly id: string;
	readonly kind: "DOOR" | "KIOSK" | "ROOM";
	readonly event: {
		readonly id: string;
		readonly slug: string;
		readonly title: string;
		readonly timezone: string;
		readonly scansPeopleOut: boolean;
		readonly checksInWith: "TICKET" | "BADGE" | "BOTH";
	};
	readonly door: { readonly id: string; readonly name: string };
	/** The session whose room it stands at, with the counts last known; null for a door. */
	readonly room: RoomAt | null;
	readonly helper: string | null;
	/** RFC 3339. */
	readonly expiresAt: string;
}

export interface KeptPlace {
	/** Its name in all stores: who keeps the door, and the event. */
	readonly place: string;
	/** Whose it is, where it is a signed-in person's; null for a paired phone. */
	readonly person: string | null;
	/** After this (milliseconds) the door takes no scans, and no list may stay on the phone. */
	readonly endsAt: number;
	/** What it is, where it is the door that this phone is paired with now. */
	readonly paired: PairedDoor | null;
	/** Where what waits there is sent: the session for a room, null for doors. */
	readonly at?: { readonly event: string; readonly session: string | null };
}

/** In whose name a queue is sent. */
export interface Author {
	readonly person?: string;
	readonly phone?: string;
}

/** The place of a signed-in person at an event, and of a paired phone. */
export const placeOfPerson = (person: string, event: string): string => `person ${person} ${event}`;
/** What waits of one session's room lies apart from what waits of doors. */
export const placeOfRoom = (place: string, session: string): string => `${place} room ${session}`;
/** Whether that is this place, or one of its rooms. */
export const isWithin = (place: string, other: string): boolean =>
	other === place || other.startsWith(placeOfRoom(place, ""));
const OF_PHONE = "phone";
export const placeOfPhone = (phone: string): string => `${OF_PHONE} ${phone}`;

/** Who made what waits at a place: whoever is signed in there, or the phone as it was paired then. */
export function authorOf({ place, person }: Pick<KeptPlace, "place" | "person">): Author {
	if (person !== null) return { person };
	const [kind, phone] = place.split(" ");
	return kind === OF_PHONE && phone !== undefined ? { phone } : {};
}

export async function keepPlace(kept: KeptPlace): Promise<void> {
	await (await database())?.put("doorPlaces", kept);
}

/** The door that this phone was paired with; null where it is none. */
export async function pairedPlace(): Promise<(KeptPlace & { readonly paired: PairedDoor }) | null> {
	const places = (await (await database())?.getAll("doorPlaces")) ?? [];
	const found = places.find(({ paired }) => paired !== null);
	return found?.paired ? { ...found, paired: found.paired } : null;
}

/** All places of a paired phone: its doors, and each room at which it stood. */
export const isOfPhone =
	(phone: string) =>
	({ place }: KeptPlace): boolean =>
		place === placeOfPhone(phone) || place.startsWith(placeOfRoom(placeOfPhone(phone), ""));

/** The places from which something waits to be sent, and how much. */
export async function thatWait(isMeant: (kept: KeptPlace) => boolean): Promise<(KeptPlace & { unsent: number })[]> {
	const places = (await (await database())?.getAll("doorPlaces")) ?? [];
	const counted = places.filter(isMeant).map(async (kept) => ({ ...kept, unsent: await lengthOf(kept.place, QUEUE) }));
	return (await Promise.all(counted)).filter(({ unsent }) => unsent > 0);
}

/** How many things wait to be sent from these places. */
export async function unsentAt(isMeant: (kept: KeptPlace) => boolean): Promise<number> {
	return (await thatWait(isMeant)).reduce((sum, { unsent }) => sum + unsent, 0);
}

/** Nothing of these doors stays: names, scans, keys. */
export async function forgetPlaces(isMeant: (kept: KeptPlace) => boolean): Promise<void> {
	const db = await database();
	if (db === null) return;
	for (const { place } of (await db.getAll("doorPlaces")).filter(isMeant)) {
		await db.delete("doorKeys", place);
		await forgetLines(place, [QUEUE, LOOKS]);
		await forgetRoster(place);
		await db.delete("doorPlaces", place);
	}
}

/** Forgets the lists of these doors, and all of those from which nothing waits to be sent. */
export async function endPlaces(isMeant: (kept: KeptPlace) => boolean, now: number): Promise<void> {
	const db = await database();
	for (const kept of ((await db?.getAll("doorPlaces")) ?? []).filter(isMeant)) {
		await forgetRoster(kept.place);
		const isSent = (await lengthOf(kept.place, QUEUE)) === 0;
		if (isSent || kept.endsAt + TAKEN_FOR <= now) await forgetPlaces(({ place }) => place === kept.place);
		// What a phone scanned before its end is taken for a day from then.
		else if (kept.person === null) await keepPlace({ ...kept, paired: null, endsAt: Math.min(kept.endsAt, now) });
	}
}

/** Forgets the doors whose event is over. */
export const forgetEndedDoors = (now: number): Promise<void> => endPlaces(({ endsAt }) => endsAt <= now, now);
