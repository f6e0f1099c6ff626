// Loads what a scan needs before it is needed: the reader, its screen and the screen that follows. It opens no camera.

/** A moment after the screen has settled, where the browser cannot say when it is idle. Milliseconds. */
const SETTLED = 1000;

/** Loads it all now, as opening the scan screen does while the camera starts. Never rejects. */
export async function warm(): Promise<void> {
	// Without a network this fails and changes nothing: the screens load it all again.
	await Promise.allSettled([
		import("../camera/decoder").then(({ decoder }) => decoder()),
		import("./scan.svelte"),
		import("../conversation/conversation.svelte"),
		// Quotations are the only italics; without this the first one would change its face in front of the reader.
		document.fonts.load('italic 400 19px "Fraunces Variable"'),
		document.fonts.load('500 32px "Fraunces Variable"'),
	]);
}

/** Warms everything up once the browser is idle; answers how to call it off. */
export function warmScanning(): () => void {
	if (typeof requestIdleCallback !== "function") {
		const timer = setTimeout(() => void warm(), SETTLED);
		return () => clearTimeout(timer);
	}
	const callback = requestIdleCallback(() => void warm(), { timeout: 2 * SETTLED });
	return () => cancelIdleCallback(callback);
}
