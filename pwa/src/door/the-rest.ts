// The queue of a door or a session's room that ended: what was scanned there is still sent, and nothing new joins it.
import { send } from "../graphql/server";
import { ToServer } from "../offline/doors/delivering";
import { Evidence } from "../offline/doors/evidence";
import { type PairedDoor, placeOfRoom } from "../offline/doors/places";
import { DoorQueue } from "../offline/doors/queue.svelte";
import { ToRoom } from "../offline/doors/to-room";

/** What a paired phone has not sent yet. What waits of a room lies apart from what waits of a door, and goes elsewhere. */
export function restOf({ event, room }: Pick<PairedDoor, "event" | "room">, place: string): DoorQueue {
	const evidence = new Evidence();
	const [lies, delivery] =
		room === null
			? [place, new ToServer(event.id, null, evidence, send)]
			: [placeOfRoom(place, room.id), new ToRoom(event.id, room.id, null, evidence, send)];
	return new DoorQueue(lies, delivery, async () => undefined);
}
