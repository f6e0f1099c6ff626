// What the Prompts screen says about packs and questions. Pure.
import { timeOfDay } from "../app/event-time";
import type { Pack, Question } from "./event-packs.svelte";

/** Far above any pack; a file past it was chosen by mistake. */
const LARGEST_FILE = 32_768;

const PHASES: Record<Question["phase"], string> = {
	OPEN: "To begin with",
	LEARN: "To learn from",
	HELP: "To help",
	WHO_ELSE: "Who else to meet",
	CLOSE: "To end with",
};

const FIELDS: Readonly<Record<string, string>> = {
	upTo: "what they are up to",
	seeking: "what they would welcome help with",
	offering: "what they can help with",
	askMeAbout: "what they like to be asked about",
	goodIntroduction: "whom they would like to meet",
};

/** A language by its name, such as "German". */
export function languageName(language: string, locale: string): string {
	return new Intl.DisplayNames([locale], { type: "language" }).of(language) ?? language;
}

/** "English · 12 questions · added 22 Apr, 10:32 by Mira Sand" */
export function about(pack: Pack, timezone: string, locale: string): string {
	const then = new Date(pack.addedAt);
	const day = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: timezone }).format(then);
	const questions = `${pack.promptCount} ${pack.promptCount === 1 ? "question" : "questions"}`;
	const by = pack.addedBy ? ` by ${pack.addedBy}` : "";
	return `${languageName(pack.language, locale)} · ${questions} · added ${day}, ${timeOfDay(then, timezone, locale)}${by}`;
}

/** The questions by their place in the talk, in its order; a place without any is left out. */
export function byPhase(questions: readonly Question[]): readonly { name: string; questions: readonly Question[] }[] {
	return (Object.keys(PHASES) as Question["phase"][])
		.map((phase) => ({ name: PHASES[phase], questions: questions.filter((each) => each.phase === phase) }))
		.filter(({ questions }) => questions.length > 0);
}

/** What will stand above the question; null where nothing does. */
export function quoted(question: Question): string | null {
	return question.about === null ? null : (FIELDS[question.about] ?? "their own words");
}

/** For whom a question is, where it is not for anybody: the words of the file, told apart by commas. */
export function condition(question: Question): string | null {
	return question.when.length === 0 ? null : question.when.map((word) => word.replaceAll("_", " ")).join(", ");
}

/** Why what was chosen is no file of a pack; null when it may be one. */
export function notAPack(size: number, text: string): string | null {
	if (size > LARGEST_FILE) return "That file is far larger than a pack. Choose the text file with the questions.";
	if (text.includes("\uFFFD")) return "That file is no plain text. Save it as text, and choose it again.";
	return null;
}

/** What to call the file of an example, such as "first-evening.en.toml". */
export function fileName({ title, language }: { title: string; language: string }): string {
	const word = title
		.normalize("NFKD")
		.toLowerCase()
		.replaceAll(/[^a-z0-9]+/g, "-")
		.replaceAll(/^-|-$/g, "");
	return `${word || "pack"}.${language}.toml`;
}
