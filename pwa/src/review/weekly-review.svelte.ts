// The weekly review as this phone knows it, with the answers given since laid over it. It sends no message to anybody.
import { Answers } from "../follow-ups/answers.svelte";
import { without } from "../follow-ups/laid-over";
import { Review } from "../graphql/documents.generated";
import { outbox } from "../offline/outbox/outbox.svelte";
import type { Settled } from "../offline/outbox/sending";
import { Remembered } from "../offline/remembered.svelte";
import { onGone } from "../swaps/gone";
import { layOver, type Person, withAnswered } from "./laid-over";

export class WeeklyReview {
	readonly answers = new Answers(null);
	#answer = new Remembered(Review, {});

	/** Null until something is known. */
	get review() {
		const known = this.#answer.data?.review ?? null;
		return known && layOver(known, outbox.contents.waiting);
	}

	/** Why what is shown may be old; null while it is fresh. */
	get trouble() {
		return this.#answer.trouble;
	}

	get people(): readonly Person[] {
		return this.review?.followUps ?? [];
	}

	get open(): readonly Person[] {
		return this.people.filter((each) => each.state === "OPEN");
	}

	/** Hears what came of the answers, and which people are gone, until the answered function is called. */
	follow(): () => void {
		const stopHearing = outbox.onSettled((settled) => this.#settled(settled));
		const stopLettingGo = onGone((isGone) => {
			void this.#answer.change(({ review }) => ({ review: without(review, isGone) }));
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

	#settled({ item, verdict }: Settled): Promise<void> | void {
		if (!this.#answer.data) return;
		if (item.operation === "SetReviewTime") return this.refresh();
		if (!this.people.some(({ id }) => id === item.thing)) return;
		if (verdict.kind === "refused") return this.refresh();
		return this.#answer.change(({ review }) => ({ review: withAnswered(review, item) }));
	}
}
