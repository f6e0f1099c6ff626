// An evening as the server said it last, with the answers given since laid over it. Pure; it asks and keeps nothing.
import { withAnswer } from "../follow-ups/laid-over";
import type { Evening as EveningDocument } from "../graphql/documents.generated";
import type { Data } from "../graphql/trusted";
import type { Operation } from "../offline/outbox/operations";
import type { Waiting } from "../offline/outbox/waiting";

export type Evening = Data<typeof EveningDocument>["evening"];
export type FollowUp = Evening["followUps"][number];

/** The evening of `event` with what waits to be said about it and its follow-ups. */
export function layOver(evening: Evening, waiting: readonly Waiting[], event: string): Evening {
	return waiting.reduce<Evening>((laid, item) => withAnswered(laid, item, event), evening);
}

/** The evening of `event` after one answer of the person's. */
export function withAnswered(evening: Evening, written: Operation, event: string): Evening {
	switch (written.operation) {
		case "EndEvening":
			return written.variables.event === event ? ended(evening, evening.endedAt ?? evening.readyAt) : evening;
		case "ReopenEvening":
			return written.variables.event === event ? ended(evening, null) : evening;
		case "Withdraw":
		case "Block":
			return withoutPeople(evening, (swap) => swap === written.variables.swap);
		default: {
			const answered = withAnswer(evening, written, evening.on);
			return answered.endedAt === null ? answered : { ...answered, complete: true };
		}
	}
}

/** The evening without people who are gone. */
export function withoutPeople(evening: Evening, isGone: (swap: string) => boolean): Evening {
	return {
		...evening,
		askWaits: evening.askWaits !== null && isGone(evening.askWaits.id) ? null : evening.askWaits,
		followUps: evening.followUps.filter(({ swap, other }) => !isGone(swap.id) && !(other !== null && isGone(other.id))),
	};
}

function ended(evening: Evening, endedAt: string | null): Evening {
	const isDone = evening.followUps.every(({ state }) => state !== "OPEN");
	return { ...evening, endedAt, complete: endedAt !== null || isDone };
}
