// What was scanned at a door or a room goes to the server by itself, whichever screen is open. What a screen shows of it sends
// itself; this is for the rest.
import { unsentAt } from "../offline/doors/places";

/** Milliseconds between two looks. */
const LOOK = 30_000;

/** Looks now, whenever the network may be back, and from time to time, until the answered function is called. */
export function sendScans(): () => void {
	let isLooking = false;
	const look = async () => {
		if (isLooking) return;
		isLooking = true;
		try {
			// Few phones are ever a door: the others need not load what sends.
			if ((await unsentAt(() => true)) > 0) await (await import("../door/the-rest")).sendTheRest();
		} finally {
			isLooking = false;
		}
	};
	// What failed is tried at the next look; until then it is safe where it is.
	const begin = () => void look().catch(() => undefined);
	begin();
	window.addEventListener("online", begin);
	const looking = setInterval(begin, LOOK);
	return () => {
		window.removeEventListener("online", begin);
		clearInterval(looking);
	};
}
