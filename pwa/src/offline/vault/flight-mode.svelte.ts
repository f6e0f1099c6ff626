// Whether this phone is ready for flight mode, for every screen that says so. Keeper does the looking; nothing is
// opened here.
import type { Fetched } from "./fetching";
import { type FollowedEvent, Keeper } from "./keeper";
import { followVault } from "./opened";
import type { CurrentVault, VaultOf } from "./storing";

/** What a sync did to badges that this phone had opened. */
export type Followed = Awaited<ReturnType<typeof followVault>>;

class FlightMode {
	/** The vault in use; null while there is none. */
	vault = $state.raw<CurrentVault | null>(null);
	/** True once the phone's own database was asked. */
	isKnown = $state(false);
	/** How far a fetch is; null while none is under way. */
	progress = $state.raw<{ readonly done: number; readonly of: number } | null>(null);
	/** How the last look ended; null before the first. */
	last = $state<Fetched | null>(null);
	#listeners = new Set<(followed: Followed) => void>();

	/** Hears which opened badges went or changed with a sync. Answers how to stop. */
	onFollowed(listener: (followed: Followed) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** Keeps the event's vault on the phone until the answered function is called. */
	follow(event: FollowedEvent): () => void {
		const keeper = new Keeper(event, {
			know: (vault) => this.#know(vault),
			progress: (progress) => {
				this.progress = progress;
			},
			ended: (how) => this.#ended(event, how),
		});
		return () => {
			keeper.stop();
			this.#know(null);
			this.isKnown = false;
			this.progress = null;
			this.last = null;
		};
	}

	#know(vault: CurrentVault | null): void {
		this.vault = vault;
		this.isKnown = true;
	}

	async #ended(event: VaultOf, how: Fetched): Promise<void> {
		this.last = how;
		if (how !== "fetched") return;
		void askToStay();
		const followed = await followVault(event);
		for (const listener of this.#listeners) listener(followed);
	}
}

/** Asks the browser not to clear this phone's data when it runs short: now that there is something worth keeping. */
async function askToStay(): Promise<void> {
	try {
		if (!(await navigator.storage.persisted())) await navigator.storage.persist();
	} catch {
		// Nothing depends on the answer; browsers without this question keep data as they see fit.
	}
}

export const flightMode = new FlightMode();
