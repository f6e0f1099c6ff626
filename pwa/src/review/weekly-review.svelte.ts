// The weekly review as this phone knows it, with the answers given since laid over it. It sends no message to anybody.
import { Answers } from "../follow-ups/answers.svelte";
import { without } from "../follow-ups/laid-over";
import { Review } from "../graphql/documents.generated";
import { whyNotKept } from "../offline/outbox/not-kept";
import { outbox } from "../offline/outbox/outbox.svelte";
import type { Settled } from "../offline/outbox/sending";
import { Remembered } from "../offline/remembered.svelte";
import { onGone } from "../swaps/gone";
import { layOver, type Person, withAnswered } from "./laid-over";

export class WeeklyReview {
	readonly answers = new Answers(null);
	/** Why the week could not be ended or gone on with; null where it was. */
	notEnded = $state.raw<string | null>(null);
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

	/** The person said that this is all for this week. */
	get isEnded(): boolean {
		return this.review !== null && this.review.endedAt !== null;
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

	/** That's all for this week: whoever is left comes up again in their time. */
	end(): Promise<void> {
		return this.#put("EndReview");
	}

	/** Goes on after all. */
	goOn(): Promise<void> {
		return this.#put("ReopenReview");
	}

	async #put(operation: "EndReview" | "ReopenReview"): Promise<void> {
		const weekOf = this.review?.weekOf;
		if (weekOf === undefined) return;
		const thing = `review ${weekOf}`;
		this.notEnded = whyNotKept(await outbox.put({ operation, variables: { weekOf }, thing, slot: thing }));
	}

	#settled({ item, verdict }: Settled): Promise<void> | void {
		if (!this.#answer.data) return;
		if (item.operation === "SetReviewTime") return this.refresh();
		const isOfWeek = item.operation === "EndReview" || item.operation === "ReopenReview";
		if (!isOfWeek && !this.people.some(({ id }) => id === item.thing)) return;
		if (verdict.kind === "refused") return this.refresh();
		return this.#answer.change(({ review }) => ({ review: withAnswered(review, item) }));
	}
}
