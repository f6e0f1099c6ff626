// Finding people among those this phone knows, for when the server cannot be asked: without accents, case and width, typed
// in part, in any script. Pure. The server looks further, also through all that was written.
import type { Person } from "./people-list.svelte";

/** How texts are compared: `name_key` on the server does the same. */
export const foldedText = (text: string): string => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");

/** Those of this kind in whose words all of the search is found. */
export function matching(people: readonly Person[], kind: Person["kind"], search: string): Person[] {
	const words = foldedText(search).split(/\s+/).filter(Boolean);
	return people.filter((person) => {
		if (kind !== null && person.kind !== kind) return false;
		const said = foldedText(wordsOf(person).join(" "));
		return words.every((word) => said.includes(word));
	});
}

/** What this phone knows in words about somebody: what they open, and where we met. */
function wordsOf({ swaps, whenMet }: Person): string[] {
	const open = swaps.filter(({ share }) => share === "MUTUAL").flatMap(({ card }) => [card.name, card.upTo ?? ""]);
	return [...open, ...whenMet.map(({ eventTitle }) => eventTitle)];
}
