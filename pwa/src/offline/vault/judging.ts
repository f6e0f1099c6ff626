// Judges what was inside an entry, and the texts that all share. It came from our server and through authenticated encryption, but from any version
// of it: what this app does not understand counts as not there.
import type { LibraryPrompt, OpenedEntry, Phase, Side, Texts, VaultCard } from "./format";

const FORMAT = 1;
const PHASES: readonly string[] = ["OPEN", "LEARN", "HELP", "WHO_ELSE", "CLOSE"] satisfies Phase[];
const SIDES: readonly string[] = ["A", "B"] satisfies Side[];

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === "object" && value !== null && !Array.isArray(value);
const textOrNull = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

/** The opened entry, or null when it is of a kind that this app does not know. */
export function readOpened(value: unknown, version: number): OpenedEntry | null {
	if (!isRecord(value) || value.v !== FORMAT || typeof value.isOpen !== "boolean") return null;
	const card = cardOf(value.card);
	if (card === null || !Array.isArray(value.prompts)) return null;
	const prompts = value.prompts
		.filter(isRecord)
		.map(({ key, quote }) => ({ key: String(key), quote: textOrNull(quote) }));
	return { version, isOpen: value.isOpen, card, prompts };
}

/** The prompts of the library by their keys; what this app does not understand is left out. */
export function readTexts(value: unknown): ReadonlyMap<string, LibraryPrompt> {
	if (!isRecord(value) || value.v !== FORMAT || !Array.isArray(value.prompts)) return new Map();
	const prompts = value.prompts.map(promptOf).filter((prompt) => prompt !== null);
	return new Map(prompts.map((prompt) => [prompt.key, prompt]));
}

function cardOf(value: unknown): VaultCard | null {
	if (!isRecord(value) || typeof value.name !== "string") return null;
	return { name: value.name, pronouns: textOrNull(value.pronouns), upTo: textOrNull(value.upTo) };
}

function promptOf(value: unknown): LibraryPrompt | null {
	if (!isRecord(value) || typeof value.key !== "string" || typeof value.minutes !== "number") return null;
	if (!PHASES.includes(String(value.phase)) || !SIDES.includes(String(value.side))) return null;
	if (!isTexts(value.text) || !isTexts(value.why)) return null;
	const { key, minutes, text, why } = value;
	return { key, phase: value.phase as Phase, side: value.side as Side, minutes, text, why };
}

const isTexts = (value: unknown): value is Texts =>
	isRecord(value) && Object.keys(value).length > 0 && Object.values(value).every((text) => typeof text === "string");

/** The text in this language (a locale such as "de-AT"), else in English, else in whatever there is. */
export function inLanguage(texts: Texts, locale: string): string {
	return texts[locale] ?? texts[mainLanguage(locale)] ?? texts.en ?? Object.values(texts)[0] ?? "";
}

/** Whether there is a text in this language itself. */
export const isIn = (texts: Texts, locale: string): boolean =>
	[locale, mainLanguage(locale)].some((each) => Object.hasOwn(texts, each));

const mainLanguage = (locale: string): string => locale.toLowerCase().split("-")[0] ?? "";
