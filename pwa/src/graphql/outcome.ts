// The four ways in which asking the server can end. Every screen switches over all of them; none is an exception.
import type { ProblemName } from "./documents.generated";

/** A refusal the person can act on; `message` is a sentence for them, shown as it comes. */
export interface Problem {
	/** The contract's type name, such as InputNotValid. A newer server may send names this app does not know. */
	readonly name: ProblemName | (string & {});
	readonly message: string;
	/** The input it is about, where it is about one (`card.upTo`, `email`). */
	readonly field: string | null;
	/** Seconds to wait before trying again, where the server said so. */
	readonly retryAfter: number | null;
	/** The same, sent again later, may be taken: nothing was kept of it now. */
	readonly mayCountLater: boolean;
	/** Each thing to mend, where the server named several. */
	readonly faults?: readonly string[];
}

export type FailureReason =
	| "signed-out"
	| "forbidden"
	| "missing"
	| "outdated"
	| "busy"
	/** A paired phone that was taken off its door, whose event is over, or that nobody holds at the moment. */
	| "door-revoked"
	| "door-over"
	| "helper-needed"
	| "broken";

/** Something that neither the person nor the app could foresee, or that needs more than this screen. */
export interface Failure {
	readonly reason: FailureReason;
	/** A sentence for the person. */
	readonly message: string;
	/** What to quote to whoever runs the server; they find it in their log. */
	readonly reference: string | null;
	/** Seconds to wait before trying again, where the server or a proxy before it said so. */
	readonly retryAfter: number | null;
}

export type Outcome<T> =
	| { readonly kind: "data"; readonly data: T }
	| { readonly kind: "problem"; readonly problem: Problem }
	/** Nothing came back in time. The server may still have done what was asked. */
	| { readonly kind: "offline"; readonly retryAfter?: number }
	| { readonly kind: "failed"; readonly failure: Failure };

export type Trouble = Exclude<Outcome<never>, { kind: "data" }>;

/** What the server says to whoever was removed from a team: that is no lost answer, and no phone judges in its place. */
export const isNotOfTheTeam = ({ reason }: Failure): boolean => reason === "forbidden" || reason === "missing";

/** The sentence for an outcome that brought no data. `safe` says what is not lost, such as "Your card is still here." */
export function troubleInWords(trouble: Trouble, safe = ""): string {
	switch (trouble.kind) {
		case "problem":
			return trouble.problem.message;
		case "offline":
			return ["The server could not be reached.", safe, "Try again when you have a connection."]
				.filter(Boolean)
				.join(" ");
		case "failed":
			return trouble.failure.message;
	}
}
