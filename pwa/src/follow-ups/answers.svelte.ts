// What the person does with the follow-ups of a list. What was done last can be taken back until something else is done.
// It sends no message to anybody.
import { whyNotKept } from "../offline/outbox/not-kept";
import type { Operation } from "../offline/outbox/operations";
import { outbox } from "../offline/outbox/outbox.svelte";

export class Answers {
	/** What was done last and can be taken back, with a sentence that says so. */
	last = $state.raw<{ readonly id: string; readonly sentence: string } | null>(null);
	/** Why an answer was not kept, and to which follow-up it was given. */
	refusal = $state.raw<{ readonly id: string; readonly sentence: string } | null>(null);
	#event: string | null;

	/** `event` is the one whose evening it is; a week has none. */
	constructor(event: string | null) {
		this.#event = event;
	}

	markDone(id: string, sentence: string): Promise<void> {
		return this.#put(id, sentence, { operation: "DoFollowUp", variables: { followUp: id } });
	}

	/** Puts it off to a calendar day, YYYY-MM-DD. */
	postpone(id: string, until: string, sentence: string): Promise<void> {
		return this.#put(id, sentence, { operation: "PostponeFollowUp", variables: { followUp: id, until } });
	}

	letGo(id: string, sentence = "Let go. Nobody is told."): Promise<void> {
		return this.#put(id, sentence, { operation: "DismissFollowUp", variables: { followUp: id } });
	}

	/** Takes back what was done last. */
	async undo(): Promise<void> {
		const { last } = this;
		if (last === null) return;
		await this.#put(last.id, null, { operation: "ReopenFollowUp", variables: { followUp: last.id } });
	}

	/** Why the last answer to this one was not kept; null where it was. */
	refusalOf(id: string): string | null {
		return this.refusal?.id === id ? this.refusal.sentence : null;
	}

	async #put(id: string, sentence: string | null, answer: Operation): Promise<void> {
		const event = this.#event === null ? {} : { event: this.#event };
		const put = await outbox.put({ ...answer, thing: id, slot: `follow-up ${id}`, ...event });
		const why = whyNotKept(put);
		this.refusal = why === null ? null : { id, sentence: why };
		if (put === "kept") this.last = sentence === null ? null : { id, sentence };
	}
}
