// Looks for a newer vault of one event, time and again: on opening, on coming back, when the network is back and on a
// timer. Never twice at once, not even from two tabs.
import { type Fetched, fetchVault } from "./fetching";
import { backOff, type EventTimes, FRESH, forgetAt, pace } from "./keeping-up";
import { type CurrentVault, forgetVaults, keptVault, type VaultOf } from "./storing";

export interface FollowedEvent extends VaultOf, EventTimes {
	/** The event's name in addresses. */
	readonly slug: string;
}

export interface Told {
	readonly know: (vault: CurrentVault | null) => void;
	readonly progress: (progress: { done: number; of: number } | null) => void;
	readonly ended: (how: Fetched) => Promise<void>;
}

export class Keeper {
	#event: FollowedEvent;
	#told: Told;
	#stopping = new AbortController();
	#timer: ReturnType<typeof setTimeout> | undefined;
	#failures = 0;
	#isLooking = false;
	/** There is no vault for this person; only an occasion is worth another look. */
	#hasLeft = false;

	constructor(event: FollowedEvent, told: Told) {
		this.#event = event;
		this.#told = told;
		const options = { signal: this.#stopping.signal };
		window.addEventListener("online", () => void this.#look({ isAsked: true }), options);
		document.addEventListener(
			"visibilitychange",
			() => {
				if (document.visibilityState === "visible") void this.#look({ isAsked: true });
			},
			options,
		);
		void this.#begin();
	}

	stop(): void {
		this.#stopping.abort();
		clearTimeout(this.#timer);
	}

	async #begin(): Promise<void> {
		await this.#tell();
		await this.#look({ isAsked: true });
	}

	async #tell(): Promise<CurrentVault | null> {
		const current = (await keptVault(this.#event))?.current ?? null;
		if (!this.#stopping.signal.aborted) this.#told.know(current);
		return current;
	}

	/** One look, unless one is under way here; another tab's is waited for and then counts for this one too. */
	async #look({ isAsked }: { isAsked: boolean }): Promise<void> {
		const { signal } = this.#stopping;
		if (this.#isLooking || signal.aborted) return;
		this.#isLooking = true;
		clearTimeout(this.#timer);
		await alone(signal, async () => {
			await forgetVaults((vault) => vault.forgetAt <= Date.now());
			const current = await this.#tell();
			const age = Date.now() - (current?.checkedAt ?? 0);
			const isRecent = age >= 0 && age < (isAsked ? FRESH : pace(this.#event, Date.now()) / 2);
			if (!signal.aborted && !isRecent && Date.now() < forgetAt(this.#event)) await this.#fetch();
		});
		this.#isLooking = false;
		if (!signal.aborted) this.#again();
	}

	async #fetch(): Promise<void> {
		const how = await fetchVault(
			{ ...this.#event, forgetAt: forgetAt(this.#event) },
			{
				signal: this.#stopping.signal,
				now: () => Date.now(),
				onprogress: (done, of) => this.#told.progress({ done, of }),
			},
		);
		if (this.#stopping.signal.aborted) return;
		this.#hasLeft = how === "left";
		this.#failures = how === "fetched" || how === "unchanged" ? 0 : this.#failures + 1;
		if (this.#hasLeft) {
			await forgetVaults(({ person, event }) => person === this.#event.person && event === this.#event.event);
		}
		await this.#tell();
		this.#told.progress(null);
		await this.#told.ended(how);
	}

	#again(): void {
		const now = Date.now();
		if (this.#hasLeft || now > forgetAt(this.#event)) return;
		const usual = pace(this.#event, now);
		const wait = this.#failures === 0 ? usual : Math.min(usual, backOff(this.#failures, Math.random()));
		this.#timer = setTimeout(() => void this.#look({ isAsked: this.#failures > 0 }), wait);
	}
}

/** Runs `work` when no other tab of the app is at it. Where the browser has no locks, the database keeps them apart. */
async function alone(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
	if (!("locks" in navigator)) return work();
	try {
		await navigator.locks.request("handsel:vault", { signal }, work);
	} catch (error) {
		// Given up while waiting for its turn: that is no failure.
		if (!signal.aborted) throw error;
	}
}
