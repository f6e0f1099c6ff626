// One scan on its way through the outbox, as the scan screen follows it: to its swap, to the reason why there is none, or
// to the moment when the network turns out to be away. Leaving the screen ends only the following.
import { holdConversation } from "../conversation/open-conversation.svelte";
import { NO_ROOM } from "../offline/outbox/no-room";
import { outbox } from "../offline/outbox/outbox.svelte";
import type { ScanAnswer } from "../offline/outbox/scans";
import type { Verdict } from "../offline/outbox/verdict";
import { arrivals } from "../swaps/arrivals.svelte";

type Word = ScanAnswer | { readonly delay: Verdict };

export class Sending {
	isUnderWay = $state(false);
	/** Why the scan made no swap, in a sentence; null while there is nothing to say. */
	trouble = $state<string | null>(null);
	#event: string;
	#key: string | null = null;

	/** Scans at the event with this id. */
	constructor(event: string) {
		this.#event = event;
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
	 * the scan's key while the server cannot be reached; null where there is none. */
	async begin(badge: string): Promise<string | null> {
		const key = crypto.randomUUID();
		this.#key = key;
		this.isUnderWay = true;
		this.trouble = null;
		const firstWord = this.#firstWordOn(key);
		const put = await outbox.addScan({ event: this.#event, badge, key, scannedAt: new Date().toISOString() });
		const word = put === "kept" ? await firstWord.heard : null;
		firstWord.stop();
		if (this.#key !== key) return null;
		this.isUnderWay = false;
		if (word === null) {
			this.trouble = NO_ROOM;
			return null;
		}
		return this.#conclude(key, word);
	}

	/** Follows the scan no longer, as scanning something else does. It stays in the outbox. */
	dismiss(): void {
		this.#key = null;
		this.isUnderWay = false;
		this.trouble = null;
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
