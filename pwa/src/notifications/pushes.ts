// What the service worker tells the page about pushes: which screen a tap on one opens, and that the subscription changed.
import { matchPath } from "../app/paths";
import { go } from "../app/router.svelte";
import { thisBrowser } from "./this-browser.svelte";

/** Starts listening, and makes sure that pushes that were turned on still are; answers the function that stops it. */
export function followPushes(): () => void {
	if (!("serviceWorker" in navigator)) return () => undefined;
	const hear = ({ data }: MessageEvent<unknown>) => {
		if (typeof data !== "object" || data === null || !("type" in data)) return;
		if (data.type === "PUSH_CHANGED") void thisBrowser.renew();
		if (data.type === "OPEN" && "path" in data && typeof data.path === "string" && matchPath(data.path)) go(data.path);
	};
	navigator.serviceWorker.addEventListener("message", hear);
	void thisBrowser.renew();
	return () => navigator.serviceWorker.removeEventListener("message", hear);
}
