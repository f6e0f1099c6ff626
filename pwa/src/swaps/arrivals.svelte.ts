// Somebody scanned my badge: the one place that hears of it, for as long as the app is open. Where I am showing my
// badge the conversation opens; elsewhere a banner says so. A scan of my own is never told as somebody else's.
import { session } from "../app/session.svelte";
import { outbox } from "../offline/outbox/outbox.svelte";
import { lookForGone, onGone } from "./gone";
import { Met, type MetSwap } from "./met.svelte";

export interface Arrival {
	readonly swap: MetSwap;
	/** We met before; what is new is that they share their contact. */
	readonly isOffer: boolean;
	/** A scan of mine has no answer yet, so either of us may have made this swap. */
	readonly isPerhapsMine: boolean;
}

/** Milliseconds that a scan of mine without an answer is given to say that a swap is its own. */
const PATIENCE = 3_000;

type Opener = (swap: MetSwap) => void;

class Arrivals {
	/** What the banner tells; null while there is nothing to tell. */
	arrival = $state.raw<Arrival | null>(null);
	#met = $state.raw<{ readonly person: string | undefined; readonly list: Met } | null>(null);
	#openers: Opener[] = [];
	#scans = 0;
	#held: MetSwap[] = [];
	/** Swaps that a scan of this phone made. */
	#mine = new Set<string>();

	/** The one list of people met at the event, for whoever is signed in. */
	metAt(event: string): Met {
		const person = session.me?.id;
		if (this.#met === null || this.#met.person !== person || this.#met.list.event !== event) {
			this.#met = { person, list: new Met(event) };
			this.arrival = null;
		}
		return this.#met.list;
	}

	/** The list as it is, if there is one yet. */
	get met(): Met | null {
		return this.#met?.list ?? null;
	}

	/** Follows the event's swaps until the answered function is called; back in the foreground it asks again. */
	follow(event: string): () => void {
		const met = this.metAt(event);
		const stop = met.watch(
			(swap) => this.#hear(swap),
			(swap) => this.#hearOffer(swap),
		);
		const stopLettingGo = onGone((isGone) => this.#letGo(isGone));
		void lookForGone(session.me?.registrations.map((each) => each.event.id) ?? [event]);
		const onVisible = () => {
			if (document.visibilityState !== "visible") return;
			void met.refresh();
			void lookForGone([event]);
		};
		document.addEventListener("visibilitychange", onVisible);
		return () => {
			document.removeEventListener("visibilitychange", onVisible);
			stopLettingGo();
			stop();
		};
	}

	/** While the badge is being shown, `open` takes each arrival in the banner's place. Answers how to stop. */
	openWith(open: Opener): () => void {
		this.#openers.push(open);
		return () => {
			this.#openers = this.#openers.filter((each) => each !== open);
		};
	}

	/** While a scan of mine is under way nothing is announced: the socket may tell of my own swap before its answer does.
	 * Call what is answered when it has ended. */
	holdForScan(): () => void {
		this.#scans += 1;
		return () => {
			this.#scans -= 1;
			if (this.#scans === 0) for (const swap of this.#held.splice(0)) this.#announce(swap);
		};
	}

	/** A scan of mine made this swap: it is in the list, and nobody needs to be told. */
	made(swap: MetSwap): void {
		this.#mine.add(swap.id);
		this.met?.put(swap);
		if (this.arrival?.swap.id === swap.id) this.settle();
	}

	/** The banner was answered, or its conversation is open. */
	settle(): void {
		this.arrival = null;
	}

	#hear(swap: MetSwap): void {
		const open = this.#openers.at(-1);
		if (this.#scans > 0) this.#held.push(swap);
		else if (outbox.contents.scans.length > 0) setTimeout(() => this.#announce(swap), PATIENCE);
		else if (open && !this.#mine.has(swap.id)) open(swap);
		else this.#announce(swap);
	}

	/** Told in the banner, unless it still tells of meeting them: then that one speaks of the offer too. */
	#hearOffer(swap: MetSwap): void {
		const isTold = this.arrival?.swap.id === swap.id;
		if (this.#scans === 0)
			this.arrival = { swap, isOffer: !isTold, isPerhapsMine: this.arrival?.isPerhapsMine ?? false };
	}

	#letGo(isGone: (swap: string) => boolean): void {
		this.#held = this.#held.filter(({ id }) => !isGone(id));
		if (this.arrival !== null && isGone(this.arrival.swap.id)) this.settle();
	}

	#announce(swap: MetSwap): void {
		if (this.#mine.has(swap.id) || !this.met?.swaps.some(({ id }) => id === swap.id)) return;
		this.arrival = { swap, isOffer: false, isPerhapsMine: outbox.contents.scans.length > 0 };
	}
}

export const arrivals = new Arrivals();
