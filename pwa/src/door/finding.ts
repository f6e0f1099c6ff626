// How a name is looked for in a queue of people, as server/desk/finding.py does it: without accents and case, and with one
// slip of the finger a word. Pure; it looks in the list that it is given. tests/desk/finding.json holds both sides to it.
import { nameKey } from "../people/name-key";

const FEWEST_LETTERS = 2;
const LONGEST_SEARCH = 80;
const MOST_WORDS = 5;
/** Shorter words are too alike for a slip to be forgiven. */
const SHORTEST_WITH_SLIP = 4;
/** As many as the server shows. */
export const MOST_FOUND = 20;

export interface Named {
	readonly registration: string;
	readonly name: string;
}

/** A list made ready to be searched: making the keys of thousands of names takes longer than searching them. */
export type Searchable<T extends Named> = readonly { readonly key: string; readonly entry: T }[];

const byKey = (one: { key: string; entry: Named }, other: { key: string; entry: Named }): number => {
	if (one.key !== other.key) return one.key < other.key ? -1 : 1;
	return one.entry.registration < other.entry.registration ? -1 : 1;
};

export const searchable = <T extends Named>(entries: Iterable<T>): Searchable<T> =>
	Array.from(entries, (entry) => ({ key: nameKey(entry.name), entry })).sort(byKey);

/** The words to look for; none when too few letters were given. */
export function wordsOf(search: string): readonly string[] {
	const words = nameKey([...search].slice(0, LONGEST_SEARCH).join(""))
		.split(" ")
		.slice(0, MOST_WORDS);
	return [...words.join("")].length >= FEWEST_LETTERS ? words : [];
}

/** Those of that name, the likeliest first; slips are forgiven when nothing fits exactly. */
export function findByName<T extends Named>(list: Searchable<T>, search: string): T[] {
	const words = wordsOf(search);
	if (words.length === 0) return [];
	const exact = list.filter(({ key }) => words.every((word) => key.includes(word)));
	if (exact.length > 0) {
		const isAtStart = ({ key }: { key: string }) => words.every((word) => ` ${key}`.includes(` ${word}`));
		return first([...exact.filter(isAtStart), ...exact.filter((each) => !isAtStart(each))]);
	}
	const expressions = words.map(withASlip);
	return first(list.filter(({ key }) => expressions.every((expression) => expression.test(key))));
}

const first = <T extends Named>(found: Searchable<T>): T[] => found.slice(0, MOST_FOUND).map(({ entry }) => entry);

/** One of a name's words begins so, give or take one letter that is wrong, missing, too much, or swapped with the next. */
function withASlip(word: string): RegExp {
	const letters = [...word];
	const spellings = new Set([literal(word)]);
	if (letters.length >= SHORTEST_WITH_SLIP) {
		letters.forEach((letter, place) => {
			const before = literal(letters.slice(0, place).join(""));
			const after = literal(letters.slice(place + 1).join(""));
			spellings.add(`${before}.${after}`);
			spellings.add(`${before}.${literal(letter)}${after}`);
			spellings.add(`${before}${after}`);
			const next = letters[place + 1];
			if (next === undefined) return;
			spellings.add(`${before}${literal(next)}${literal(letter)}${literal(letters.slice(place + 2).join(""))}`);
		});
	}
	return new RegExp(`(?:^| )(?:${[...spellings].join("|")})`, "su");
}

const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
