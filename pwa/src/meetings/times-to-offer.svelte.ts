// Times that the server offers for a talk with somebody, with whom it is and on which clock they live. It writes nothing.
import { MeetingTimes } from "../graphql/documents.generated";
import { Remembered } from "../offline/remembered.svelte";
import { arrivals } from "../swaps/arrivals.svelte";

export class TimesToOffer {
	readonly swap: string;
	#answer: Remembered<typeof MeetingTimes>;

	constructor(swap: string, minutes: number) {
		this.swap = swap;
		this.#answer = new Remembered(MeetingTimes, { swap, minutes });
	}

	get times(): readonly string[] {
		return this.#answer.data?.meetingTimes.times ?? [];
	}

	/** Null while it is not known, or not shared. */
	get theirTimezone(): string | null {
		return this.#answer.data?.meetingTimes.theirTimezone ?? null;
	}

	/** What the other is called, as far as this phone knows; null where it does not. */
	get name(): string | null {
		const met = arrivals.met?.swaps.find((each) => each.id === this.swap);
		return this.#answer.data?.swap?.card.name ?? met?.card.name ?? null;
	}

	/** Both share, or that is not known yet. */
	get isShared(): boolean {
		const share = this.#answer.data?.swap?.share;
		return share === undefined || share === "MUTUAL";
	}

	get isKnown(): boolean {
		return this.#answer.data !== null;
	}

	get trouble() {
		return this.#answer.trouble;
	}

	read(): Promise<void> {
		return this.#answer.read();
	}
}
