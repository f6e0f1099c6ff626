// A kiosk's camera that gave up is tried again by itself: nobody stands by to press anything.
import type { Camera, CameraTrouble } from "../camera/camera.svelte";

/** Milliseconds between two tries. */
const AGAIN = 30_000;
/** What may pass. A camera that is refused is heard of when it is allowed, and a slow one is on its way. */
const MAY_PASS: readonly (CameraTrouble | null)[] = ["none", "busy", "black", "stopped"];

/** Tries from time to time, and calls `onagain` before each, until the answered function is called. */
export function keepTrying(camera: Pick<Camera, "trouble" | "start">, onagain: () => void): () => void {
	const trying = setInterval(() => {
		if (document.visibilityState !== "visible") return;
		onagain();
		if (MAY_PASS.includes(camera.trouble)) void camera.start();
	}, AGAIN);
	return () => clearInterval(trying);
}
