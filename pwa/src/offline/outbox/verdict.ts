// What an outcome means for a thing in the outbox: done, refused for good, or to be tried again. It keeps nothing.
import type { Outcome, Problem } from "../../graphql/outcome";

export type Verdict =
	| { readonly kind: "done"; readonly data: unknown }
	/** The server understood it and does not take it. */
	| { readonly kind: "refused"; readonly problem: Problem }
	/** Nothing can be sent at the moment: no network, or the server asked for quiet. `after` in milliseconds. */
	| { readonly kind: "unreachable"; readonly after: number | null }
	/** This one cannot be taken at the moment; others can. */
	| { readonly kind: "not-yet"; readonly after: number | null; readonly problem: Problem | null }
	/** Nobody is signed in; it waits until the same person is. */
	| { readonly kind: "parked" };

const milliseconds = (seconds: number | null | undefined) => (seconds ? seconds * 1000 : null);

export function verdictOn(outcome: Outcome<unknown>): Verdict {
	switch (outcome.kind) {
		case "data":
			return { kind: "done", data: outcome.data };
		case "problem": {
			const { problem } = outcome;
			const isForNow = problem.mayCountLater || problem.retryAfter !== null;
			return isForNow
				? { kind: "not-yet", after: milliseconds(problem.retryAfter), problem }
				: { kind: "refused", problem };
		}
		case "offline":
			return { kind: "unreachable", after: milliseconds(outcome.retryAfter) };
		case "failed": {
			const { reason, retryAfter } = outcome.failure;
			if (reason === "signed-out") return { kind: "parked" };
			if (reason === "busy") return { kind: "unreachable", after: milliseconds(retryAfter) };
			// A broken server, an app that is too old, a proxy that forbids: none of it is about what was written.
			return { kind: "not-yet", after: milliseconds(retryAfter), problem: null };
		}
	}
}
