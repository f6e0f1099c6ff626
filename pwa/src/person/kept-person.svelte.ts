// All that I keep of somebody, as this phone knows it, and what I do with it. What was done last can be taken back until
// something else is done. The other is never told of any of it.
import { Person } from "../graphql/documents.generated";
import type { Trouble } from "../graphql/outcome";
import { whyNotKept } from "../offline/outbox/not-kept";
import type { Operation } from "../offline/outbox/operations";
import { outbox } from "../offline/outbox/outbox.svelte";
import type { Settled } from "../offline/outbox/sending";
import type { Waiting } from "../offline/outbox/waiting";
import { Remembered } from "../offline/remembered.svelte";
import { onGone } from "../swaps/gone";
import { type Gift, type Kept, layOver, withoutSwap, withWritten } from "./laid-over";

export type { Gift, Kept } from "./laid-over";

/** What somebody says was given and received: words, a kind, or both, or nothing. */
export interface Given {
	readonly gave: string | null;
	readonly gaveKind: Gift["kind"] | null;
	readonly received: string | null;
	readonly receivedKind: Gift["kind"] | null;
}

interface Done {
	readonly sentence: string;
	readonly undo: Operation;
	readonly slot: string;
}

export class KeptPerson {
	readonly id: string;
	/** What was done last and can be taken back. */
	last = $state.raw<Done | null>(null);
	/** Why the last tap could not be kept, in words; null when it was. */
	notKept = $state<string | null>(null);
	#answer: Remembered<typeof Person>;

	constructor(id: string) {
		this.id = id;
		this.#answer = new Remembered(Person, { id });
	}

	/** Null while unknown, and when there is nothing of mine. */
	get person(): Kept | null {
		const node = this.#answer.data?.node ?? null;
		return node?.__typename === "Relationship" ? layOver(node, this.#waiting(node)) : null;
	}

	get isGone(): boolean {
		return this.#answer.data !== null && this.person === null;
	}

	get trouble(): Trouble | null {
		return this.#answer.trouble;
	}

	/** Hears what came of what was written, and who is gone, until the answered function is called. */
	follow(): () => void {
		const stopHearing = outbox.onSettled((settled) => this.#settled(settled));
		const stopLettingGo = onGone((isGone) => {
			void this.#change((person) => withoutSwap(person, isGone)).then(() => this.#answer.refresh());
		});
		return () => {
			stopHearing();
			stopLettingGo();
		};
	}

	read(): Promise<void> {
		return this.#answer.read();
	}

	refresh(): Promise<void> {
		return this.#answer.refresh();
	}

	setKind(kind: Kept["kind"]): Promise<boolean> {
		const variables = { relationship: this.id, kind };
		return this.#put({ operation: "SetRelationshipKind", variables }, { slot: `kind ${this.id}` });
	}

	/** That we were in touch, just now. */
	async logTouch(given: Given): Promise<boolean> {
		const key = crypto.randomUUID();
		const at = new Date().toISOString();
		const slot = `touch ${key}`;
		const logged = { operation: "LogTouch", variables: { relationship: this.id, key, at, ...given } } as const;
		const undo = { operation: "TakeBackTouch", variables: { relationship: this.id, key } } as const;
		return this.#put(logged, { key, slot }, { sentence: "Noted that you were in touch.", undo, slot });
	}

	/** Until a day of the person's own calendar, YYYY-MM-DD; null ends the rest. */
	letRest(until: string | null): Promise<boolean> {
		const slot = `rest ${this.id}`;
		const undo = {
			operation: "LetRest",
			variables: { relationship: this.id, until: this.person?.restingUntil ?? null },
		} as const;
		const sentence = until === null ? "You are reminded of them again." : "They rest. You are not reminded of them.";
		const rested = { operation: "LetRest", variables: { relationship: this.id, until } } as const;
		return this.#put(rested, { slot }, { sentence, undo, slot });
	}

	/** `promise` is its id. */
	keepPromise(promise: string): Promise<boolean> {
		const slot = `keep ${promise}`;
		const undo = { operation: "ReopenPromise", variables: { promise } } as const;
		return this.#put({ operation: "KeepPromise", variables: { promise } }, { slot }, { sentence: "Kept.", undo, slot });
	}

	forgetGift(gift: string): Promise<boolean> {
		return this.#put({ operation: "ForgetGift", variables: { gift } }, { slot: `gift ${gift}` });
	}

	/** A note stands with the conversation in which we share. */
	async addNote(swap: string, text: string): Promise<boolean> {
		const key = crypto.randomUUID();
		return this.#put({ operation: "AddNote", variables: { swap, text, key } }, { key, thing: swap });
	}

	/** Takes back what was done last. */
	async undo(): Promise<void> {
		const { last } = this;
		if (last !== null) await this.#put(last.undo, { slot: last.slot });
	}

	/** What waits about them, and about the conversations with them. */
	#waiting({ swaps }: Kept): readonly Waiting[] {
		return [this.id, ...swaps.map(({ id }) => id)].flatMap((thing) => outbox.contents.about(thing));
	}

	async #put(
		written: Operation,
		more: { readonly key?: string; readonly slot?: string; readonly thing?: string },
		done: Done | null = null,
	): Promise<boolean> {
		const put = await outbox.put({ ...written, thing: this.id, ...more });
		this.notKept = whyNotKept(put);
		if (put === "kept") this.last = done;
		return put === "kept";
	}

	#change(change: (person: Kept) => Kept): Promise<void> {
		return this.#answer.change(({ node }) => ({ node: node?.__typename === "Relationship" ? change(node) : node }));
	}

	async #settled({ item, verdict }: Settled): Promise<void> {
		const thing = outbox.contents.nameOf(item.thing);
		if (thing !== this.id && !this.person?.swaps.some(({ id }) => id === thing)) return;
		if (verdict.kind === "done") await this.#change((person) => withWritten(person, item, item.madeAt));
		// The server has names for what the phone named itself, and gifts come of more than is written here.
		void this.refresh();
	}
}
