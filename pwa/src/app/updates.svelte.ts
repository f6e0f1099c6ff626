// Everything the page says to the service worker: register it, learn of a newer app, and switch to it when the person says yes.

type Update = "none" | "waiting" | "replaced";

class Updates {
	/** `waiting`: a newer app is ready. `replaced`: another window switched, and this one runs on old files. */
	state = $state<Update>("none");
	#holds = $state(0);
	#waiting: ServiceWorker | null = null;
	#isAsked = false;

	/** True when the person may be asked now. Never during a scan, and never twice in one sitting after "later". */
	isOffered = $derived(this.state !== "none" && this.#holds === 0);

	/** Keeps the question away until the answered function is called. */
	hold(): () => void {
		this.#holds += 1;
		let isHeld = true;
		return () => {
			if (isHeld) this.#holds -= 1;
			isHeld = false;
		};
	}

	/** The person said yes: switch and reload this window. */
	accept(): void {
		if (this.#waiting === null) {
			location.reload();
			return;
		}
		this.#isAsked = true;
		this.#waiting.postMessage({ type: "SKIP_WAITING" });
	}

	/** The person said later; the new app takes over by itself when every window has been closed. */
	later(): void {
		this.state = "none";
	}

	/** A file of the app did not come: there may be a newer app, or only no network. Nothing is said unless one is found. */
	async wonder(): Promise<void> {
		const registration = await navigator.serviceWorker?.getRegistration();
		await registration?.update().catch(() => undefined);
	}

	/** The server told us that a newer app is there. */
	async look(): Promise<void> {
		const registration = await navigator.serviceWorker?.getRegistration();
		if (registration === undefined) {
			this.state = "replaced";
			return;
		}
		await registration.update().catch(() => undefined);
		if (this.state === "none" && registration.waiting === null && registration.installing === null) {
			this.state = "replaced";
		}
	}

	/** Registers the worker; in development there is none. */
	async start(): Promise<void> {
		if (!("serviceWorker" in navigator) || import.meta.env.DEV) return;
		const wasControlled = navigator.serviceWorker.controller !== null;
		navigator.serviceWorker.addEventListener("controllerchange", () => {
			if (this.#isAsked) location.reload();
			else if (wasControlled) this.state = "replaced";
		});
		const registration = await navigator.serviceWorker
			.register("/sw.js", { updateViaCache: "none" })
			.catch(() => undefined);
		if (registration === undefined) return;
		this.#notice(registration.waiting);
		registration.addEventListener("updatefound", () => {
			const arriving = registration.installing;
			arriving?.addEventListener("statechange", () => {
				if (arriving.state === "installed") this.#notice(arriving);
			});
		});
		// A phone keeps the app open for days; coming back to it is the moment to look.
		document.addEventListener("visibilitychange", () => {
			if (document.visibilityState === "visible") registration.update().catch(() => undefined);
		});
	}

	#notice(worker: ServiceWorker | null): void {
		// Without a controller this is the first install: nothing is replaced, so nothing is asked.
		if (worker === null || navigator.serviceWorker.controller === null) return;
		this.#waiting = worker;
		this.state = "waiting";
	}
}

export const updates = new Updates();
