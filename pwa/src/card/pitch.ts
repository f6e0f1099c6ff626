// Tells when a text reads like a pitch, and offers plainer words. The rules are data (pitch-rules.json); it never blocks, and
// what is being written does not leave the phone for it.
import data from "./pitch-rules.json";

export interface Pitch {
	/** The rule that weighed most. */
	readonly key: string;
	/** What to think about, by language. */
	readonly why: { readonly en: string; readonly de: string };
	/** The text in plainer words; null where the rules know none. */
	readonly plain: string | null;
}

interface Phrase {
	readonly pattern: RegExp;
	/** Null: it counts, and stays. */
	readonly becomes: string | null;
}

/** Where something was left out, and where that began a sentence: control signs, which no card may hold. */
const LEFT_OUT = "\u0002";
const LEFT_OUT_FIRST = "\u0001";
/** What may stand between two words of a phrase. */
const GAP = `[\\s\\-${LEFT_OUT_FIRST}${LEFT_OUT}]+`;

const RULES = data.rules.map(({ key, weight, why, phrases }) => ({
	key,
	weight,
	why,
	phrases: Object.entries<string | null>(phrases).map(
		([phrase, becomes]): Phrase => ({ pattern: patternOf(phrase), becomes }),
	),
}));

/** What the rules find in this text; null when it reads like a person. */
export function pitchIn(text: string): Pitch | null {
	const written = text.trim();
	let plain = written;
	let found = 0;
	let heaviest = { weight: 0, key: "", why: { en: "", de: "" } };
	for (const { phrases, ...rule } of RULES) {
		let weight = 0;
		for (const { pattern, becomes } of phrases) {
			const hits = plain.match(pattern)?.length ?? 0;
			weight += hits * rule.weight;
			if (becomes !== null) plain = plain.replace(pattern, (hit, at, whole) => inPlace(hit, at, whole, becomes));
		}
		found += weight;
		if (weight > heaviest.weight) heaviest = { ...rule, weight };
	}
	if (found < data.enough) return null;
	plain = tidied(plain);
	return { key: heaviest.key, why: heaviest.why, plain: plain === "" || plain === written ? null : plain };
}

/** A phrase as the rules write it: {a|b} is one of several words, none of them where one is empty; * is any ending. */
function patternOf(phrase: string): RegExp {
	const parts = (phrase.match(/\{[^}]*\}|\S+/g) ?? []).map((part) => {
		const words = part.startsWith("{") ? part.slice(1, -1).split("|") : [part];
		const some = words.filter((word) => word !== "").map(wordsOf);
		return { words: `(?:${some.join("|")})`, isOptional: words.includes("") };
	});
	const first = parts.findIndex(({ isOptional }) => !isOptional);
	const source = parts.map(({ words, isOptional }, place) => {
		if (place === first) return words;
		const withGap = place < first ? `${words}${GAP}` : `${GAP}${words}`;
		return isOptional ? `(?:${withGap})?` : withGap;
	});
	return new RegExp(`(?<![\\p{L}\\p{N}])${source.join("")}(?![\\p{L}\\p{N}])`, "giu");
}

function wordsOf(words: string): string {
	return words
		.replaceAll("'", "['’]")
		.replaceAll("*", "\\p{L}*")
		.replace(/[\s-]+/g, GAP);
}

/** What stands in the place of a phrase, with a capital where it begins a sentence. */
function inPlace(hit: string, at: number, whole: string, becomes: string): string {
	const isFirst = /(^|[.!?…]\s+)$/.test(whole.slice(0, at)) && hit.charAt(0) !== hit.charAt(0).toLowerCase();
	if (becomes === "") return isFirst ? LEFT_OUT_FIRST : LEFT_OUT;
	return isFirst ? capitalized(becomes) : becomes;
}

/** Closes the gaps: commas and full stops of what was left out go, capitals and "a" or "an" come out right. */
function tidied(text: string): string {
	const gap = `[${LEFT_OUT_FIRST}${LEFT_OUT}]`;
	return text
		.replace(new RegExp(`(${gap})\\s*,\\s*(?=${gap})`, "gu"), "$1")
		.replace(new RegExp(`(^|[.!?…])\\s*(?:${gap}\\s*)+[.!?,;]+`, "gu"), "$1")
		.replace(
			new RegExp(`\\b(a)n?\\s+(?:${gap}\\s*)+(\\p{L})`, "giu"),
			(_, a, next) => `${a}${/[aeiou]/i.test(next) ? "n" : ""} ${next}`,
		)
		.replace(new RegExp(`${LEFT_OUT_FIRST}[\\s${LEFT_OUT}]*(\\p{L})`, "gu"), (_, letter) => capitalized(letter))
		.replace(new RegExp(gap, "gu"), "")
		.replace(/\s+/g, " ")
		.replace(/[\s,;]+(?=[.!?,;])|[\s,;]+$/g, "")
		.trim();
}

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
