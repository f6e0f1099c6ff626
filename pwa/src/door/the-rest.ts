// What waits at doors and rooms that no screen shows: it is sent from wherever the app is, and nothing new joins it.
import { send } from "../graphql/server";
import { ToServer } from "../offline/doors/delivering";
import { Evidence } from "../offline/doors/evidence";
import { Looks } from "../offline/doors/looks.svelte";
import { type KeptPlace, pairedPlace, thatWait } from "../offline/doors/places";
import { DoorQueue } from "../offline/doors/queue.svelte";
import { ToRoom } from "../offline/doors/to-room";
import { currentPerson } from "../offline/person";
import { lookAt } from "./looking";

type At = NonNullable<KeptPlace["at"]>;

/** What has not been sent yet from a place. What waits of a room lies apart from what waits of a door, and goes elsewhere. */
export function restOf(place: string, person: string | null, { event, session }: At): DoorQueue {
	const evidence = new Evidence();
	if (session !== null)
		return new DoorQueue(place, new ToRoom(event, session, person, evidence, send), async () => undefined);
	const looks = new Looks(place);
	return new DoorQueue(place, new ToServer(event, person, evidence, send), async (thing, word) => {
		const look = lookAt(thing, word);
		if (look !== null) await looks.add(look);
	});
}

/** Sends what can be sent of all that waits on this phone for whoever is signed in, and for what it is paired as. */
export async function sendTheRest(): Promise<void> {
	const phone = await pairedPlace();
	// The server takes scans of a room from a room's phone alone, and those of doors from a door's.
	const isForRooms = phone?.paired.kind === "ROOM";
	const person = currentPerson();
	const places = await thatWait((kept) =>
		kept.person === null
			? phone !== null && isForRooms === ((kept.at?.session ?? null) !== null)
			: kept.person === person,
	);
	for (const { place, person: whose, at } of places) {
		if (at === undefined || DoorQueue.isOpenAt(place)) continue;
		const rest = restOf(place, whose, at);
		await rest.flush();
		rest.stop();
	}
}
