// A review as the server said it last, with the answers given since laid over it. Pure; it asks and keeps nothing.
import { withAnswer } from "../follow-ups/laid-over";
import type { Review as ReviewDocument } from "../graphql/documents.generated";
import type { Data } from "../graphql/trusted";
import type { Operation } from "../offline/outbox/operations";
import type { Waiting } from "../offline/outbox/waiting";

export type Review = Data<typeof ReviewDocument>["review"];
export type Person = Review["followUps"][number];

/** The review with what waits to be said about its people. */
export function layOver(review: Review, waiting: readonly Waiting[]): Review {
	return waiting.reduce<Review>((laid, item) => withAnswered(laid, item), review);
}

/** The review after one answer. */
export function withAnswered(review: Review, written: Operation): Review {
	switch (written.operation) {
		case "EndReview":
			return written.variables.weekOf === review.weekOf ? ended(review, review.endedAt ?? review.weekOf) : review;
		case "ReopenReview":
			return written.variables.weekOf === review.weekOf ? ended(review, null) : review;
		default: {
			const answered = withAnswer(review, written, review.weekOf);
			return answered.endedAt === null ? answered : { ...answered, complete: true };
		}
	}
}

function ended(review: Review, endedAt: string | null): Review {
	const isDone = review.followUps.every(({ state }) => state !== "OPEN");
	return { ...review, endedAt, complete: endedAt !== null || isDone };
}
