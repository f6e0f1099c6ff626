// How names are compared and searched: without case, accents and width, as `name_key` of server/people/names.py does.
// tests/desk/finding.json holds both to it.

const known = new Map<string, boolean>();

/** Accents and the like, by their combining class. Vowel signs of Indic and Thai scripts are letters: they stay. */
function isCombining(sign: string): boolean {
	if (!/\p{M}/u.test(sign)) return false;
	let isIt = known.get(sign);
	if (isIt === undefined) {
		// No browser tells the class itself, but it puts marks that have one in order: before an acute accent (class 230),
		// or behind an overlaid tilde (class 1).
		isIt = isMoved(`\u0301${sign}`) || isMoved(`${sign}\u0334`);
		known.set(sign, isIt);
	}
	return isIt;
}

const isMoved = (signs: string): boolean => signs.normalize("NFD") !== signs;

/** Letters without case: "ß" and "SS" are one, "ς" and "Σ" too. The Turkish "ı" stays, as it does on the server. */
const caseless = (sign: string): string =>
	sign === "ı" ? sign : sign.toLowerCase().toUpperCase().toLowerCase().replaceAll("ς", "σ");

/** The form in which a name, or a word of a search, is compared. */
export function nameKey(name: string): string {
	const decomposed = Array.from(name, caseless).join("").normalize("NFKD");
	const bare = Array.from(decomposed).filter((sign) => !isCombining(sign));
	return bare.join("").split(/\s+/u).filter(Boolean).join(" ");
}
