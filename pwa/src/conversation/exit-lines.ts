// Sentences to close a talk with, to be said aloud: one file for each language under exit-lines/, with the same keys in
// each. It chooses one; when it is shown is the talk clock's business.
import de from "./exit-lines/de.json";
import en from "./exit-lines/en.json";
import pt from "./exit-lines/pt.json";

export interface ExitLine {
	/** The same in every language, and never given to another sentence. */
	readonly key: string;
	readonly text: string;
}

/** By language. A new language is a new file and a line here. */
export const EXIT_LINES = { en, de, pt } as const satisfies Record<string, readonly ExitLine[]>;

/** The sentence for one talk, always the same for it, and another for the next. A language without sentences of its own
 * is answered in English; `language` says which it is. */
export function exitLineFor(conversation: string, locale: string): ExitLine & { readonly language: string } {
	const main = locale.split("-", 1)[0]?.toLowerCase() ?? "";
	const language = Object.hasOwn(EXIT_LINES, main) ? (main as keyof typeof EXIT_LINES) : "en";
	const lines: readonly ExitLine[] = EXIT_LINES[language];
	const line = lines[spread(conversation) % lines.length] as ExitLine;
	return { ...line, language };
}

/** A number that differs for texts that differ little. */
function spread(text: string): number {
	let sum = 0;
	for (const letter of text) sum = (Math.imul(sum, 31) + (letter.codePointAt(0) ?? 0)) >>> 0;
	return (sum ^ (sum >>> 15)) >>> 0;
}
