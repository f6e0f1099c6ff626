// How many suggestions an evening may hold. Pure; it asks and keeps nothing.
import type { Person } from "../app/session.svelte";
import type { Waiting } from "../offline/outbox/waiting";

export const LENGTHS = [1, 2, 3, 4, 5] as const;

/** What was chosen last, on this phone or as the server knows it. */
export function chosenLength(me: Pick<Person, "eveningLimit">, waiting: readonly Waiting[]): number {
	return waiting.reduce(
		(limit, item) => (item.operation === "SetEveningLimit" ? item.variables.limit : limit),
		me.eveningLimit,
	);
}
