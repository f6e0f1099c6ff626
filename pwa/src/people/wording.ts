// How people are named and placed in the list of people: whoever shares by their name, all others by where we met. Pure.
import { isolated } from "../ui/isolated";
import type { Person } from "./people-list.svelte";

type Shown = Pick<Person, "whenMet" | "swaps">;

/** The swap through which I see them: the latest in which both share. */
export const shownBy = <Swap extends { readonly share: string }>(person: { readonly swaps: readonly Swap[] }) =>
	person.swaps.find(({ share }) => share === "MUTUAL");

/** Their name, or where we met, once nothing is shared any more. */
export function nameOf(person: Shown): string {
	const event = person.whenMet[0]?.eventTitle;
	return shownBy(person)?.card.name ?? (event ? `Someone you met at ${isolated(event)}` : "Someone you met");
}

/** Where and when we met last, such as "Repair Summit · April 2027". */
export function whereWeMet({ whenMet: [latest] }: Pick<Person, "whenMet">, locale: string): string {
	const day = latest?.days.at(-1);
	return [latest?.eventTitle, day && monthInWords(day, locale)].filter(Boolean).join(" · ");
}

/** A day's month, such as "April 2027". */
export function monthInWords(day: string, locale: string): string {
	return new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" }).format(
		new Date(`${day}T12:00:00Z`),
	);
}
