// An evening as the server said it last, with the answers given since laid over it. Pure; it asks and keeps nothing.
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

/** The evening after one answer of the person's, as they gave it: the server takes it so or not at all. */
export function withAnswered(evening: Evening, written: Operation): Evening {
	switch (written.operation) {
		case "DoFollowUp":
			return withFollowUp(evening, written.variables.followUp, { state: "DONE" });
		case "PostponeFollowUp":
			return withFollowUp(evening, written.variables.followUp, { state: "LATER", dueOn: written.variables.until });
		case "DismissFollowUp":
			return withFollowUp(evening, written.variables.followUp, { state: "DISMISSED" });
		case "ReopenFollowUp":
			return withFollowUp(evening, written.variables.followUp, { state: "OPEN", dueOn: evening.on });
		case "Withdraw":
		case "Block":
			return { ...evening, followUps: evening.followUps.filter(({ swap }) => swap.id !== written.variables.swap) };
		default:
			return evening;
	}
}

function withFollowUp(evening: Evening, id: string, change: Partial<FollowUp>): Evening {
	if (!evening.followUps.some((each) => each.id === id)) return evening;
	const followUps = evening.followUps.map((each) => (each.id === id ? { ...each, ...change } : each));
	return { ...evening, followUps, complete: followUps.every(({ state }) => state !== "OPEN") };
}
