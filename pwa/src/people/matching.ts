// Finding people among those this phone knows, for when the server cannot be asked: without accents, case and width, typed
// in part, in any script. Pure. The server looks further, also through all that was written.
import { nameKey } from "./name-key";
import type { Person } from "./people-list.svelte";

/** Those of this kind in whose words all of the search is found. */
export function matching(people: readonly Person[], kind: Person["kind"], search: string): Person[] {
	const words = nameKey(search).split(" ").filter(Boolean);
	return people.filter((person) => {
		if (kind !== null && person.kind !== kind) return false;
		const said = nameKey(wordsOf(person).join(" "));
		return words.every((word) => said.includes(word));
	});
}

/** What this phone knows in words about somebody: what they open, and where we met. */
function wordsOf({ swaps, whenMet }: Person): string[] {
	const open = swaps.filter(({ share }) => share === "MUTUAL").flatMap(({ card }) => [card.name, card.upTo ?? ""]);
	return [...open, ...whenMet.map(({ eventTitle }) => eventTitle)];
}
