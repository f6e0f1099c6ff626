// One evening's follow-ups as this phone knows them, and what the person does with each. What was done last can be
// taken back until something else is done. It sends no message to anybody.
import { Evening } from "../graphql/documents.generated";
import { whyNotKept } from "../offline/outbox/not-kept";
import type { Operation } from "../offline/outbox/operations";
import { outbox } from "../offline/outbox/outbox.svelte";
import type { Settled } from "../offline/outbox/sending";
import { Remembered } from "../offline/remembered.svelte";
import { onGone } from "../swaps/gone";
import { type FollowUp, layOver, withAnswered } from "./laid-over";

export type { FollowUp } from "./laid-over";

export class EveningList {
	/** What was done last and can be taken back, with a sentence that says so. */
	last = $state.raw<{ readonly id: string; readonly sentence: string } | null>(null);
	/** Why an answer was not kept, and to which follow-up it was given. */
	refusal = $state.raw<{ readonly id: string; readonly sentence: string } | null>(null);
	#answer: Remembered<typeof Evening>;
	#event: string;

	constructor(event: string) {
		this.#event = event;
		this.#answer = new Remembered(Evening, { event });
	}

	/** With what waits in the outbox laid over what the server said; null until something is known. */
	get evening() {
		const known = this.#answer.data?.evening ?? null;
		return known && layOver(known, outbox.contents.waiting);
	}

	/** Why what is shown may be old; null while it is fresh. */
	get trouble() {
		return this.#answer.trouble;
	}

	get followUps(): readonly FollowUp[] {
		return this.evening?.followUps ?? [];
	}

	get open(): readonly FollowUp[] {
		return this.followUps.filter((each) => each.state === "OPEN");
	}

	/** The list has not been made: its hour is still to come. */
	get isAwaited(): boolean {
		return this.evening !== null && !this.evening.complete && this.followUps.length === 0;
	}

	/** Hears what came of the answers, and which people are gone, until the answered function is called. */
	follow(): () => void {
		const stopHearing = outbox.onSettled((settled) => this.#settled(settled));
		const stopLettingGo = onGone((isGone) => {
			void this.#answer.change(({ evening }) => ({
				evening: { ...evening, followUps: evening.followUps.filter(({ swap }) => !isGone(swap.id)) },
			}));
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

	markDone(id: string, sentence: string): Promise<void> {
		return this.#put(id, sentence, { operation: "DoFollowUp", variables: { followUp: id } });
	}

	/** Puts it off to a calendar day of the event, YYYY-MM-DD. */
	postpone(id: string, until: string, sentence: string): Promise<void> {
		return this.#put(id, sentence, { operation: "PostponeFollowUp", variables: { followUp: id, until } });
	}

	letGo(id: string): Promise<void> {
		const sentence = "Let go. Nobody is told.";
		return this.#put(id, sentence, { operation: "DismissFollowUp", variables: { followUp: id } });
	}

	/** Takes back what was done last. */
	async undo(): Promise<void> {
		const { last } = this;
		if (last === null) return;
		await this.#put(last.id, null, { operation: "ReopenFollowUp", variables: { followUp: last.id } });
	}

	async #put(id: string, sentence: string | null, answer: Operation): Promise<void> {
		const put = await outbox.put({ ...answer, thing: id, slot: `follow-up ${id}`, event: this.#event });
		const why = whyNotKept(put);
		this.refusal = why === null ? null : { id, sentence: why };
		if (put === "kept") this.last = sentence === null ? null : { id, sentence };
	}

	#settled({ item, verdict }: Settled): Promise<void> | void {
		if (item.event !== this.#event || !this.#answer.data) return;
		if (verdict.kind === "refused") return this.refresh();
		return this.#answer.change(({ evening }) => ({ evening: withAnswered(evening, item) }));
	}
}
