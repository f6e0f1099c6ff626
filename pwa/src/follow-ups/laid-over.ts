// A list of follow-ups as the server said it last, with the answers given since laid over it. Pure; it asks and keeps
// nothing.
import type { Evening } from "../graphql/documents.generated";
import type { Data } from "../graphql/trusted";
import type { Operation } from "../offline/outbox/operations";

type OfEvening = Data<typeof Evening>["evening"]["followUps"][number];

/** What a follow-up of an evening and one of a week have in common. */
export type Listed = Pick<OfEvening, "id" | "kind" | "state" | "reason" | "draft" | "dueOn" | "swap">;

interface List {
	readonly complete: boolean;
	readonly followUps: readonly Listed[];
}

/** The list after one answer of the person's, as they gave it: the server takes it so or not at all. What is opened
 * again is due on `day`. */
export function withAnswer<L extends List>(list: L, written: Operation, day: string): L {
	switch (written.operation) {
		case "DoFollowUp":
			return withFollowUp(list, written.variables.followUp, { state: "DONE" });
		case "PostponeFollowUp":
			return withFollowUp(list, written.variables.followUp, { state: "LATER", dueOn: written.variables.until });
		case "DismissFollowUp":
			return withFollowUp(list, written.variables.followUp, { state: "DISMISSED" });
		case "ReopenFollowUp":
			return withFollowUp(list, written.variables.followUp, { state: "OPEN", dueOn: day });
		case "Withdraw":
		case "Block":
			return without(list, (swap) => swap === written.variables.swap);
		default:
			return list;
	}
}

/** The list without people who are gone. */
export function without<L extends List>(list: L, isGone: (swap: string) => boolean): L {
	return { ...list, followUps: list.followUps.filter(({ swap }) => !isGone(swap.id)) };
}

function withFollowUp<L extends List>(list: L, id: string, change: Partial<Listed>): L {
	if (!list.followUps.some((each) => each.id === id)) return list;
	const followUps = list.followUps.map((each) => (each.id === id ? { ...each, ...change } : each));
	return { ...list, followUps, complete: followUps.every(({ state }) => state !== "OPEN") };
}
