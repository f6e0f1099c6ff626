// Where the app is: one location, moved by links, by `go` and by the browser's own buttons. It loads no screen.
import { type Match, matchPath } from "./paths";

interface Place {
	readonly path: string;
	readonly match: Match | null;
	/** What the caller of `go` passed along; it survives a reload, unlike anything in memory. */
	readonly state: unknown;
	/** Grows with each move, so that going to the same address again counts as a move. */
	readonly visit: number;
}

const placeOf = (visit: number): Place => ({
	path: location.pathname,
	match: matchPath(location.pathname),
	state: history.state,
	visit,
});

class Router {
	place = $state.raw<Place>(placeOf(0));

	moved(): void {
		this.place = placeOf(this.place.visit + 1);
	}
}

export const router = new Router();

/** Moves to an address of the app (`pathTo` writes it). `replace` leaves no way back to where we were. */
export function go(path: string, { replace = false, state = null }: { replace?: boolean; state?: unknown } = {}): void {
	if (replace) history.replaceState(state, "", path);
	else history.pushState(state, "", path);
	router.moved();
}

/** The same screen under another address: nothing is loaded, focused or scrolled anew. */
export function rename(path: string): void {
	history.replaceState(history.state, "", path);
}

/** Goes back where the person came from, or to `otherwise` when they came from outside the app. */
export function goBack(otherwise: string): void {
	if (router.place.visit > 0) history.back();
	else go(otherwise, { replace: true });
}

function isOurs(event: MouseEvent, anchor: HTMLAnchorElement): boolean {
	const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
	const here = anchor.origin === location.origin && !anchor.target && !anchor.hasAttribute("download");
	return plain && here && !event.defaultPrevented && matchPath(anchor.pathname) !== null;
}

/** Starts listening, so that plain links move inside the app; answers the function that stops it. */
export function startRouter(): () => void {
	const onClick = (event: MouseEvent) => {
		const anchor = event.target instanceof Element ? event.target.closest("a") : null;
		if (!anchor || !isOurs(event, anchor)) return;
		event.preventDefault();
		go(anchor.pathname + anchor.search + anchor.hash);
	};
	const onPopState = () => router.moved();
	document.addEventListener("click", onClick);
	window.addEventListener("popstate", onPopState);
	return () => {
		document.removeEventListener("click", onClick);
		window.removeEventListener("popstate", onPopState);
	};
}
