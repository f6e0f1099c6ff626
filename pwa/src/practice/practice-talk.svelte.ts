// A talk with somebody who is not real, in the memory of this page alone: it goes through the same rules as what is written
// about people, but nothing of it reaches the outbox, the phone's disk or the server.

import { withWritten } from "../conversation/laid-over";
import type { ConversationSwap, OpenConversation, PromiseInput } from "../conversation/open-conversation.svelte";
import type { Practice } from "../graphql/documents.generated";
import type { Data } from "../graphql/trusted";
import type { Put } from "../offline/outbox/not-kept";
import type { Operation } from "../offline/outbox/operations";

export type Sample = Data<typeof Practice>["practice"];

/** What stands on every step. */
export const labelOf = (name: string): string => `Practice · ${name} is not a real person`;

export class PracticeTalk implements OpenConversation {
	readonly id = `practice ${crypto.randomUUID()}`;
	readonly scan = null;
	readonly notKept = null;
	readonly #sample: Sample;
	#swap: ConversationSwap;

	/** `timezone` is where the person is. */
	constructor(sample: Sample, timezone: string, now = new Date()) {
		this.#sample = sample;
		this.#swap = $state.raw(beginning(this.id, sample, timezone, now));
	}

	get swap(): ConversationSwap {
		return this.#swap;
	}

	get prompts() {
		return this.#swap.agenda.prompts;
	}

	get practice() {
		const { name } = this.#sample.card;
		return { label: labelOf(name), guide: guideFor(this.#swap, name) };
	}

	mark = (prompt: string, state: "WAITING" | "ASKED" | "SKIPPED") =>
		this.#write({ operation: "MarkPrompt", variables: { prompt, state } });

	learn = (prompt: string, insight: string) =>
		this.#write({ operation: "MarkPrompt", variables: { prompt, state: "ASKED", insight } });

	promise = ({ key, ...promise }: PromiseInput) =>
		this.#write({ operation: "MakePromise", variables: { swap: this.id, key, ...promise } });

	keepPromise = (promise: string) => this.#write({ operation: "KeepPromise", variables: { promise } });

	need = (text: string, key: string) => this.#write({ operation: "NoteNeed", variables: { swap: this.id, text, key } });

	note = (text: string, key: string) => this.#write({ operation: "AddNote", variables: { swap: this.id, text, key } });

	feel = (feeling: ConversationSwap["feelings"][number], felt: boolean) =>
		this.#write({ operation: "Feel", variables: { swap: this.id, feeling, felt } });

	// There is nobody to share with, to withdraw from or to block: the screen does not offer these.
	share = () => this.#nothing();
	declineShare = () => this.#nothing();
	withdraw = () => this.#nothing();
	block = () => this.#nothing();

	async #write(written: Operation): Promise<Put> {
		this.#swap = withWritten(this.#swap, written, new Date().toISOString()) ?? this.#swap;
		return "kept";
	}

	async #nothing(): Promise<Put> {
		return "kept";
	}
}

function beginning(id: string, { card, prompts }: Sample, timezone: string, now: Date): ConversationSwap {
	return {
		id,
		swappedAt: now.toISOString(),
		share: "NONE",
		conversations: 1,
		feelings: [],
		event: { id, timezone },
		card,
		contact: null,
		agenda: {
			prompts: prompts.map((prompt) => ({
				...prompt,
				id: `${id}/${prompt.libraryKey}`,
				state: "WAITING",
				insight: null,
			})),
		},
		notes: [],
		promises: [],
	};
}

/** What to try next, by what has been tried. */
function guideFor(swap: ConversationSwap, name: string): string {
	const { prompts } = swap.agenda;
	if (prompts.every(({ state }) => state !== "WAITING")) {
		return "That is all there is to it. Nothing of this is kept.";
	}
	if (prompts.some(({ insight }) => insight !== null)) {
		return "It now stands beneath the question. Only you would see it.";
	}
	if (prompts.some(({ state }) => state !== "WAITING")) {
		return `Say ${name} told you something: tap “I learned…” and write a word of it.`;
	}
	return "Read it, then ask it aloud in your own words. When you have, tap “Asked”.";
}
