// What I chose under You, with a choice that waits to be sent laid over what the server said. Pure; it asks and keeps
// nothing.
import type { Person } from "../app/session.svelte";
import type { Waiting } from "../offline/outbox/waiting";

export const LENGTHS = [1, 2, 3, 4, 5] as const;

/** Those the server has questions in; names are written as their speakers write them. */
export const LANGUAGES = [
	{ locale: "en", name: "English" },
	{ locale: "de", name: "Deutsch" },
	{ locale: "pt", name: "Português" },
] as const;

/** How many suggestions an evening may hold. */
export function chosenLength(me: Pick<Person, "eveningLimit">, waiting: readonly Waiting[]): number {
	return waiting.reduce(
		(limit, item) => (item.operation === "SetEveningLimit" ? item.variables.limit : limit),
		me.eveningLimit,
	);
}

/** Whether my contacts may ask me whom I know. */
export function mayBeAsked(me: Pick<Person, "mayBeAsked">, waiting: readonly Waiting[]): boolean {
	return waiting.reduce(
		(agreed, item) => (item.operation === "AgreeToBeAsked" ? item.variables.agree : agreed),
		me.mayBeAsked,
	);
}

/** The language of my questions, a tag such as "de". */
export function chosenLanguage(me: Pick<Person, "locale">, waiting: readonly Waiting[]): string {
	return waiting.reduce(
		(locale, item) => (item.operation === "UpdateSettings" ? (item.variables.locale ?? locale) : locale),
		me.locale,
	);
}
