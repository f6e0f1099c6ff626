// What waits at doors and rooms that no screen shows: it is sent from wherever the app is, and nothing new joins it.
import { send } from "../graphql/server";
import { ToServer } from "../offline/doors/delivering";
import { Evidence } from "../offline/doors/evidence";
import { Looks } from "../offline/doors/looks.svelte";
import { authorOf, forgetPlaces, isOfPhone, type KeptPlace, pairedPlace, thatWait } from "../offline/doors/places";
import { DoorQueue } from "../offline/doors/queue.svelte";
import { ToRoom } from "../offline/doors/to-room";
import { currentPerson } from "../offline/person";
import { earlierPairings } from "./earlier-pairings.svelte";
import { lookAt } from "./looking";

type At = NonNullable<KeptPlace["at"]>;

/** What has not been sent yet from a place. What waits of a room lies apart from what waits of a door, and goes elsewhere. */
export function restOf(place: string, person: string | null, { event, session }: At): DoorQueue {
	const evidence = new Evidence();
	const author = authorOf({ place, person });
	if (session !== null)
		return new DoorQueue(place, new ToRoom(event, session, author, evidence, send), async () => undefined);
	const looks = new Looks(place);
	return new DoorQueue(place, new ToServer(event, author, evidence, send), async (thing, word) => {
		const look = lookAt(thing, word);
		if (look !== null) await looks.add(look);
	});
}

/** Sends what can be sent of all that waits on this phone for whoever is signed in, and for what it is and was paired as. */
export async function sendTheRest(): Promise<void> {
	const phone = await pairedPlace();
	const isNow = phone === null ? () => false : isOfPhone(phone.paired.id);
	const person = currentPerson();
	let ofEarlier = 0;
	for (const kept of await thatWait(({ person: whose }) => whose === null || whose === person)) {
		const { place, person: whose, at } = kept;
		if (at === undefined || DoorQueue.isOpenAt(place)) continue;
		const rest = restOf(place, whose, at);
		await rest.flush();
		const unsent = rest.waiting.length;
		rest.stop();
		if (whose !== null || isNow(kept)) continue;
		ofEarlier += unsent;
		if (unsent === 0) await forgetPlaces((each) => each.place === place);
	}
	earlierPairings.waiting = ofEarlier;
}
