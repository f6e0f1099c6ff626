// One scan on its way to the server. Its key stays the same through every retry, so that an answer lost on the way
// makes no second scan. It keeps nothing once the screen is left.
import { holdConversation } from "../conversation/open-conversation.svelte";
import { SwapBadges } from "../graphql/documents.generated";
import type { Trouble } from "../graphql/outcome";
import { send } from "../graphql/server";
import { arrivals } from "../swaps/arrivals.svelte";

interface Scan {
	readonly badge: string;
	readonly key: string;
	/** The phone's own time, RFC 3339. */
	readonly scannedAt: string;
}

export class Sending {
	isUnderWay = $state(false);
	/** Why the last try made no swap; null while there is nothing to say. */
	trouble = $state.raw<Trouble | null>(null);
	#event: string;
	#scan: Scan | null = null;
	#own: string | null = null;

	/** Scans at the event with this id. */
	constructor(event: string) {
		this.#event = event;
	}

	/** Call it while the screen is open, and what it answers when it is left. */
	open(): () => void {
		const release = arrivals.holdForScan();
		return () => {
			release(this.#own, this.trouble?.kind === "offline" || this.isUnderWay);
			this.dismiss();
		};
	}

	/** Sends a new scan of this badge. Answers the swap's id once there is one, else null. */
	begin(badge: string): Promise<string | null> {
		this.dismiss();
		this.#scan = { badge, key: crypto.randomUUID(), scannedAt: new Date().toISOString() };
		return this.again();
	}

	/** Sends the same scan once more, with the same key. */
	async again(): Promise<string | null> {
		const scan = this.#scan;
		if (scan === null || this.isUnderWay) return null;
		this.isUnderWay = true;
		this.trouble = null;
		const outcome = await send(SwapBadges, {
			event: this.#event,
			scan: { ...scan, sentAt: new Date().toISOString() },
		});
		if (scan !== this.#scan) return null;
		this.isUnderWay = false;
		if (outcome.kind !== "data") {
			this.trouble = outcome;
			return null;
		}
		holdConversation(outcome.data);
		arrivals.met?.put(outcome.data);
		this.#own = outcome.data.id;
		return outcome.data.id;
	}

	/** Lets the scan go, as scanning something else does. */
	dismiss(): void {
		this.#scan = null;
		this.isUnderWay = false;
		this.trouble = null;
	}
}
