// One scan on its way, as the scan screen follows it: to the card that the phone has for it, else through the outbox to its
// swap, to the reason why there is none, or to the moment when the network turns out to be away. Leaving the screen ends
// only the following.
import { holdConversation } from "../conversation/open-conversation.svelte";
import { whyNotKept } from "../offline/outbox/not-kept";
import { outbox } from "../offline/outbox/outbox.svelte";
import type { ScanAnswer } from "../offline/outbox/scans";
import type { Verdict } from "../offline/outbox/verdict";
import type { OpenedBadge } from "../offline/vault/opened";
import { arrivals } from "../swaps/arrivals.svelte";
import { keepScan, lookUp, type Scan, type Scanner } from "./looking-up";
import { measureOpening } from "./timing";

/** The server's own words, for a phone that has not reached it. */
const OWN_BADGE = "This is your own badge. Let somebody else scan it.";

type Word = ScanAnswer | { readonly delay: Verdict };

export class Sending {
	isUnderWay = $state(false);
	/** Why the scan made no swap, in a sentence; null while there is nothing to say. */
	trouble = $state<string | null>(null);
	#scanner: Scanner;
	#key: string | null = null;

	constructor(scanner: Scanner) {
		this.#scanner = scanner;
	}

	/** Call it while the screen is open, and what it answers when it is left. */
	open(): () => void {
		const release = arrivals.holdForScan();
		return () => {
			release();
			this.dismiss();
		};
	}

	/** Keeps a new scan of this badge and sends it. Answers how its conversation is addressed: by the swap's id, or by
	 * the scan's key where the phone has the card or the server cannot be reached; null where there is none. */
	async begin(badge: string): Promise<string | null> {
		this.dismiss();
		if (badge === this.#scanner.token) {
			this.trouble = OWN_BADGE;
			return null;
		}
		const scan = { badge, key: crypto.randomUUID(), scannedAt: new Date().toISOString() };
		this.#key = scan.key;
		this.isUnderWay = true;
		const found = await measureOpening(lookUp(this.#scanner, scan));
		if (this.#key !== scan.key) return null;
		if (typeof found === "string") return found;
		return this.#keep(found === null ? scan : { ...scan, key: found.key, scannedAt: found.scannedAt }, found);
	}

	/** Follows the scan no longer, as scanning something else does. It stays in the outbox. */
	dismiss(): void {
		this.#key = null;
		this.isUnderWay = false;
		this.trouble = null;
	}

	async #keep(scan: Scan, opened: OpenedBadge | null): Promise<string | null> {
		this.#key = scan.key;
		const firstWord = this.#firstWordOn(scan.key);
		const put = await keepScan(this.#scanner.event, scan, opened);
		const hasCard = put === "kept" && opened?.card;
		const word = put === "kept" && !hasCard ? await firstWord.heard : null;
		firstWord.stop();
		if (this.#key !== scan.key) return null;
		if (hasCard) return scan.key;
		this.isUnderWay = false;
		if (word === null) {
			this.trouble = whyNotKept(put);
			return null;
		}
		return this.#conclude(scan.key, word);
	}

	#conclude(key: string, word: Word): string | null {
		if ("swap" in word) {
			holdConversation(word.swap);
			return word.swap.id;
		}
		if ("problem" in word) {
			this.trouble = word.problem.message;
			// It was said here and now, and holds no words of the person: nothing to come back to.
			const item = outbox.contents.refused.find((each) => each.key === key);
			if (item) void outbox.letGo(item);
			return null;
		}
		if (word.delay.kind === "parked") return null;
		const problem = word.delay.kind === "not-yet" ? word.delay.problem : null;
		if (problem === null) return key;
		this.trouble = `${problem.message} This scan is kept, and sent again by itself.`;
		return null;
	}

	#firstWordOn(key: string): { readonly heard: Promise<Word>; readonly stop: () => void } {
		let hear: (word: Word) => void = () => undefined;
		const heard = new Promise<Word>((resolve) => {
			hear = resolve;
		});
		const stops = [
			outbox.onAnswered((scan, answer) => scan === key && hear(answer)),
			outbox.onDelayed((item, delay) => item.key === key && hear({ delay })),
		];
		return {
			heard,
			stop: () => {
				for (const stop of stops) stop();
			},
		};
	}
}
