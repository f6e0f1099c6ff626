// Choices of the person's, such as switches: each goes through the outbox, where a later tap on the same slot takes the
// place of an earlier one, and what stands in its way is told beside it. It sends nothing itself.
import { whyNotKept } from "./not-kept";
import type { Operation } from "./operations";
import { outbox } from "./outbox.svelte";

export class Choosing {
	/** The last tap that the phone could not keep. */
	#notKept = $state.raw<{ readonly slot: string; readonly sentence: string } | null>(null);

	/** Keeps it and sends it when it can be; `person` is who chose. Answers whether it is kept. */
	async put(person: string, slot: string, operation: Operation): Promise<boolean> {
		const sentence = whyNotKept(await outbox.put({ ...operation, thing: person, slot }));
		this.#notKept = sentence === null ? null : { slot, sentence };
		return sentence === null;
	}

	/** Why the last tap on this slot was not kept, or not taken by the server; null while it stands. */
	troubleOf(slot: string): string | null {
		if (this.#notKept?.slot === slot) return this.#notKept.sentence;
		return outbox.contents.refused.find((item) => item.slot === slot)?.refusal?.message ?? null;
	}
}
