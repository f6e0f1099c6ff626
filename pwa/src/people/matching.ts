// Finding people among those this phone knows, for when the server cannot be asked: without accents, case and width, typed
// in part, in any script, in the words of their cards and in my own. Pure.
import { nameKey } from "./name-key";
import type { Person } from "./people-list.svelte";

/** Those of this kind in whose words, or in my own about them, all of the search is found. `unsent` answers what I wrote
 * about somebody that has not left the phone. */
export function matching(
	people: readonly Person[],
	kind: Person["kind"],
	search: string,
	unsent: (person: Person) => readonly string[] = () => [],
): Person[] {
	const words = nameKey(search).split(" ").filter(Boolean);
	return people.filter((person) => {
		if (kind !== null && person.kind !== kind) return false;
		const said = nameKey([...wordsOf(person), ...unsent(person)].join(" "));
		return words.every((word) => said.includes(word));
	});
}

/** What this phone knows in words about somebody: what they open, where we met, and what I wrote. */
function wordsOf(person: Person): string[] {
	const open = person.swaps
		.filter(({ share }) => share === "MUTUAL")
		.flatMap(({ card }) => [card.name, card.upTo, card.seeking, card.offering, card.askMeAbout, card.goodIntroduction]);
	const written = [person.notes, person.promises, person.insights, person.gifts].flatMap((some) =>
		some.map(({ text }) => text),
	);
	return [...open.map((words) => words ?? ""), ...person.whenMet.map(({ eventTitle }) => eventTitle), ...written];
}
