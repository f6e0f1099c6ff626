// The people met at one event, newest first, kept current while Today is open. It writes nothing.
import { eventDay } from "../app/event-time";
import { SwapChanged, Swaps } from "../graphql/documents.generated";
import { follow } from "../graphql/server";
import type { Data } from "../graphql/trusted";
import { Remembered } from "../offline/remembered.svelte";

export type MetSwap = Data<typeof Swaps>["swaps"]["edges"][number]["node"];

/** More than anybody meets in a day; the goal never asks for more than five. */
const FIRST = 50;

export class Met {
	#answer: Remembered<typeof Swaps>;
	#event: string;

	constructor(event: string) {
		this.#event = event;
		this.#answer = new Remembered(Swaps, { event, first: FIRST });
	}

	get isKnown(): boolean {
		return this.#answer.data !== null;
	}

	/** Why the list may be old; null while it is fresh. */
	get trouble() {
		return this.#answer.trouble;
	}

	get swaps(): MetSwap[] {
		const swaps = this.#answer.data?.swaps.edges.map((edge) => edge.node) ?? [];
		return swaps.toSorted((a, b) => b.swappedAt.localeCompare(a.swappedAt));
	}

	/** Those of the event's local day of `now`. */
	onDayOf(now: Date, timezone: string): MetSwap[] {
		const day = eventDay(now, timezone);
		return this.swaps.filter((swap) => eventDay(new Date(swap.swappedAt), timezone) === day);
	}

	/** Reads the list, then follows it; `arrived` hears of each swap that was not known before. Answers how to stop. */
	watch(arrived: (swap: MetSwap) => void): () => void {
		void this.#answer.read();
		return follow(
			SwapChanged,
			{ event: this.#event },
			{
				data: ({ swapChanged }) => {
					if (swapChanged.__typename === "SwapGone") {
						this.#put(this.swaps.filter((swap) => swap.id !== swapChanged.id));
						return;
					}
					const isNew = this.#answer.isFresh && this.swaps.every((swap) => swap.id !== swapChanged.id);
					this.#put([swapChanged, ...this.swaps.filter((swap) => swap.id !== swapChanged.id)]);
					if (isNew) arrived(swapChanged);
				},
				resumed: () => void this.#answer.refresh(),
			},
		);
	}

	#put(swaps: MetSwap[]): void {
		this.#answer.set({ swaps: { edges: swaps.map((node) => ({ node })) } });
	}
}

/** The line under a name: a promise still open, else what they are up to, in their words. */
export function lineFor(swap: MetSwap): string | null {
	const open = swap.promises.find((promise) => promise.keptAt === null);
	if (open) return `You promised: ${open.text}`;
	return swap.card.upTo ?? swap.card.pronouns;
}
