// An evening as the server said it last, with the answers given since laid over it. Pure; it asks and keeps nothing.
import { withAnswer } from "../follow-ups/laid-over";
import type { Evening as EveningDocument } from "../graphql/documents.generated";
import type { Data } from "../graphql/trusted";
import type { Operation } from "../offline/outbox/operations";
import type { Waiting } from "../offline/outbox/waiting";

export type Evening = Data<typeof EveningDocument>["evening"];
export type FollowUp = Evening["followUps"][number];

/** The evening with what waits to be said about its follow-ups. */
export function layOver(evening: Evening, waiting: readonly Waiting[]): Evening {
	return waiting.reduce<Evening>((laid, item) => withAnswered(laid, item), evening);
}

/** The evening after one answer of the person's. */
export const withAnswered = (evening: Evening, written: Operation): Evening => withAnswer(evening, written, evening.on);
