// One evening's follow-ups as this phone knows them, and what the person does with each. What was done last can be
// taken back until something else is done. It sends no message to anybody.
import { DismissFollowUp, DoFollowUp, Evening, PostponeFollowUp, ReopenFollowUp } from "../graphql/documents.generated";
import { type Outcome, troubleInWords } from "../graphql/outcome";
import { send } from "../graphql/server";
import type { Data } from "../graphql/trusted";
import { Remembered } from "../offline/remembered.svelte";

export type FollowUp = Data<typeof Evening>["evening"]["followUps"][number];
type Changed = Pick<FollowUp, "id" | "state" | "dueOn">;

const SAFE = "Nothing was changed.";

export class EveningList {
	/** What was done last and can be taken back, with a sentence that says so. */
	last = $state.raw<{ readonly id: string; readonly sentence: string } | null>(null);
	/** The follow-up that is being changed. */
	busy = $state<string | null>(null);
	/** Why a change was not made, and to which follow-up. */
	refusal = $state.raw<{ readonly id: string; readonly sentence: string } | null>(null);
	#answer: Remembered<typeof Evening>;

	constructor(event: string) {
		this.#answer = new Remembered(Evening, { event });
	}

	/** Null until something is known. */
	get evening() {
		return this.#answer.data?.evening ?? null;
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

	read(): Promise<void> {
		return this.#answer.read();
	}

	refresh(): Promise<void> {
		return this.#answer.refresh();
	}

	markDone(id: string, sentence: string): Promise<void> {
		return this.#change(id, sentence, () => send(DoFollowUp, { followUp: id }));
	}

	/** Puts it off to a calendar day of the event, YYYY-MM-DD. */
	postpone(id: string, until: string, sentence: string): Promise<void> {
		return this.#change(id, sentence, () => send(PostponeFollowUp, { followUp: id, until }));
	}

	letGo(id: string): Promise<void> {
		return this.#change(id, "Let go. Nobody is told.", () => send(DismissFollowUp, { followUp: id }));
	}

	/** Takes back what was done last. */
	async undo(): Promise<void> {
		const last = this.last;
		if (last !== null) await this.#change(last.id, null, () => send(ReopenFollowUp, { followUp: last.id }));
	}

	async #change(id: string, sentence: string | null, ask: () => Promise<Outcome<Changed>>): Promise<void> {
		if (this.busy !== null) return;
		this.busy = id;
		this.refusal = null;
		const outcome = await ask();
		this.busy = null;
		if (outcome.kind !== "data") {
			this.refusal = { id, sentence: troubleInWords(outcome, SAFE) };
			return;
		}
		this.last = sentence === null ? null : { id, sentence };
		this.#put(outcome.data);
	}

	#put({ id, state, dueOn }: Changed): void {
		const evening = this.evening;
		if (evening === null) return;
		const followUps = evening.followUps.map((each) => (each.id === id ? { ...each, state, dueOn } : each));
		const complete = followUps.every((each) => each.state !== "OPEN");
		this.#answer.set({ evening: { ...evening, followUps, complete } });
	}
}
