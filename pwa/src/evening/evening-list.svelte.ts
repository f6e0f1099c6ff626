// One evening's follow-ups as this phone knows them. It sends no message to anybody.
import { Answers } from "../follow-ups/answers.svelte";
import { Evening } from "../graphql/documents.generated";
import { whyNotKept } from "../offline/outbox/not-kept";
import { outbox } from "../offline/outbox/outbox.svelte";
import type { Settled } from "../offline/outbox/sending";
import { Remembered } from "../offline/remembered.svelte";
import { onGone } from "../swaps/gone";
import { type FollowUp, layOver, withAnswered, withoutPeople } from "./laid-over";

export type { FollowUp } from "./laid-over";

export class EveningList {
	readonly answers: Answers;
	/** Why the evening could not be ended or gone on with; null where it was. */
	notEnded = $state.raw<string | null>(null);
	#answer: Remembered<typeof Evening>;
	#event: string;

	constructor(event: string) {
		this.#event = event;
		this.answers = new Answers(event);
		this.#answer = new Remembered(Evening, { event });
	}

	/** With what waits in the outbox laid over what the server said; null until something is known. */
	get evening() {
		const known = this.#answer.data?.evening ?? null;
		return known && layOver(known, outbox.contents.waiting, this.#event);
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

	/** The person said that this is all for tonight. */
	get isEnded(): boolean {
		return this.evening !== null && this.evening.endedAt !== null;
	}

	/** The list has not been made: its hour is still to come. */
	get isAwaited(): boolean {
		return this.evening !== null && !this.evening.complete && this.followUps.length === 0;
	}

	/** Hears what came of the answers, and which people are gone, until the answered function is called. */
	follow(): () => void {
		const stopHearing = outbox.onSettled((settled) => this.#settled(settled));
		const stopLettingGo = onGone((isGone) => {
			void this.#answer.change(({ evening }) => ({ evening: withoutPeople(evening, isGone) }));
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

	/** That's all for tonight: what is left stays where it is. */
	end(): Promise<void> {
		return this.#put("EndEvening");
	}

	/** Goes on after all. */
	goOn(): Promise<void> {
		return this.#put("ReopenEvening");
	}

	async #put(operation: "EndEvening" | "ReopenEvening"): Promise<void> {
		const event = this.#event;
		this.notEnded = whyNotKept(
			await outbox.put({ operation, variables: { event }, thing: event, slot: `evening ${event}`, event }),
		);
	}

	#settled({ item, verdict }: Settled): Promise<void> | void {
		if (item.event !== this.#event || !this.#answer.data) return;
		if (verdict.kind === "refused") return this.refresh();
		return this.#answer.change(({ evening }) => ({ evening: withAnswered(evening, item, this.#event) }));
	}
}
