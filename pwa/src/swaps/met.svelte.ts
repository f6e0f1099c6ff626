// The people met at one event, newest first, as Today lists them. It writes nothing to the server.
import { eventDay } from "../app/event-time";
import { SwapChanged, Swaps } from "../graphql/documents.generated";
import { follow } from "../graphql/server";
import type { Data } from "../graphql/trusted";
import { outbox } from "../offline/outbox/outbox.svelte";
import type { Waiting } from "../offline/outbox/waiting";
import { Remembered } from "../offline/remembered.svelte";
import { areGone, isBack, lookForGone } from "./gone";
import { withWritten } from "./laid-over";

export type MetSwap = Data<typeof Swaps>["swaps"]["edges"][number]["node"];

/** More than anybody meets in a day; the goal never asks for more than five. */
const FIRST = 50;

export class Met {
	readonly event: string;
	#answer: Remembered<typeof Swaps>;
	/** The swaps that need no announcing; null until the server has once said which there are. */
	#seen: Set<string> | null = null;
	#arrived: (swap: MetSwap) => void = () => undefined;
	#offered: (swap: MetSwap) => void = () => undefined;

	constructor(event: string) {
		this.event = event;
		this.#answer = new Remembered(Swaps, { event, first: FIRST });
	}

	get isKnown(): boolean {
		return this.#answer.data !== null;
	}

	/** Why the list may be old; null while it is fresh. */
	get trouble() {
		return this.#answer.trouble;
	}

	/** With what waits in the outbox laid over what the server said. */
	get swaps(): MetSwap[] {
		return this.#told
			.map((swap) => layOver(swap, outbox.contents.about(swap.id)))
			.filter((swap) => swap !== null)
			.toSorted((a, b) => b.swappedAt.localeCompare(a.swappedAt));
	}

	/** As the server said last. */
	get #told(): MetSwap[] {
		return this.#answer.data?.swaps.edges.map((edge) => edge.node) ?? [];
	}

	/** Those of the event's local day of `now`. */
	onDayOf(now: Date, timezone: string): MetSwap[] {
		const day = eventDay(now, timezone);
		return this.swaps.filter((swap) => eventDay(new Date(swap.swappedAt), timezone) === day);
	}

	/** Reads the list and follows it until the answered function is called. `arrived` hears of each swap that appears
	 * after the server's first answer, however it is learned of: by the socket, or by asking again after a gap;
	 * `offered` of each in which the other side begins to share their contact. */
	watch(arrived: (swap: MetSwap) => void, offered: (swap: MetSwap) => void): () => void {
		this.#arrived = arrived;
		this.#offered = offered;
		void this.#answer.read().then(() => this.#announce());
		return follow(
			SwapChanged,
			{ event: this.event },
			{
				data: ({ swapChanged }) => {
					if (swapChanged.__typename === "SwapGone") {
						this.remove(swapChanged.id);
						void areGone([swapChanged.id]);
					} else {
						const before = this.#told.find(({ id }) => id === swapChanged.id);
						isBack(swapChanged.id);
						this.#set([swapChanged, ...this.#others(swapChanged.id)]);
						if (before && isOffered(swapChanged) && !isOffered(before)) this.#offered(swapChanged);
					}
					this.#announce();
				},
				// What changed between the first answer and the socket's start is in no frame: ask once more.
				connected: (isConnected) => {
					if (!isConnected) return;
					void this.refresh();
					void lookForGone([this.event]);
				},
			},
		);
	}

	async refresh(): Promise<void> {
		await this.#answer.refresh();
		this.#announce();
	}

	/** Puts in a swap as this phone itself just learned it, by a scan. It is not announced. */
	put({ id, swappedAt, share, conversations, card, promises }: MetSwap): void {
		this.#seen?.add(id);
		this.#set([{ id, swappedAt, share, conversations, card, promises }, ...this.#others(id)]);
	}

	/** Takes in what the server answered to something that was written about a swap. */
	settle(id: string, { item, data }: { readonly item: Waiting; readonly data: unknown }): void {
		const known = this.#told.find((swap) => swap.id === id);
		const changed = known && withWritten(known, item, item.madeAt, data);
		if (changed) this.#set([changed, ...this.#others(id)]);
		else if (known) this.remove(id);
	}

	remove(id: string): void {
		this.#set(this.#others(id));
	}

	#others(id: string): MetSwap[] {
		return this.#told.filter((swap) => swap.id !== id);
	}

	#set(swaps: MetSwap[]): void {
		void this.#answer.set({ swaps: { edges: swaps.map((node) => ({ node })) } });
	}

	#announce(): void {
		if (!this.#answer.isFresh) return;
		const isFirst = this.#seen === null;
		const seen = this.#seen ?? new Set();
		const unseen = this.#told.filter((swap) => !seen.has(swap.id));
		this.#seen = new Set([...seen, ...unseen.map((swap) => swap.id)]);
		if (!isFirst) for (const swap of unseen.reverse()) this.#arrived(swap);
	}
}

/** Their contact is open to me, and mine is not to them. */
export const isOffered = (swap: MetSwap): boolean => swap.share === "OFFERED_TO_ME";

function layOver(swap: MetSwap, waiting: readonly Waiting[]): MetSwap | null {
	return waiting.reduce<MetSwap | null>((laid, item) => laid && withWritten(laid, item, item.madeAt), swap);
}

/** The line under a name: a promise still open, else what they are up to, in their words. */
export function lineFor(swap: MetSwap): string | null {
	const open = swap.promises.find((promise) => promise.keptAt === null);
	if (open) return `You promised: ${open.text}`;
	return swap.card.upTo ?? swap.card.pronouns;
}
