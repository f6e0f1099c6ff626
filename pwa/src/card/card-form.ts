// The card as it is being written: what each field asks, how long it may be, and how it is sent. It knows no screen.
import type { Registration } from "../app/session.svelte";
import type { UpdateCard } from "../graphql/documents.generated";
import type { Variables } from "../graphql/trusted";

export type Card = Registration["card"];
export type CardInput = Variables<typeof UpdateCard>["card"];

export type TextField = "upTo" | "seeking" | "offering" | "askMeAbout" | "goodIntroduction";

/** A draft of a card: empty strings where nothing is written. */
export interface CardForm {
	name: string;
	pronouns: string;
	texts: Record<TextField, string>;
	newHere: boolean;
	/** Has been here before; the server takes it or `newHere`, never both. */
	returning: boolean;
	betweenThings: boolean;
	openToEvent: boolean;
	openToIntroductions: boolean;
}

/** Letters, as people count them; the same as the server allows. */
export const LIMITS = { name: 120, pronouns: 40, text: 280 } as const;

/** The five things a card says, in the order they are asked; `others` names what people write there. */
export const QUESTIONS: readonly { readonly field: TextField; readonly label: string; readonly others: string }[] = [
	{ field: "upTo", label: "What I’m up to", others: "what people are up to" },
	{ field: "seeking", label: "Where I’d welcome help", others: "where people welcome help" },
	{ field: "offering", label: "What I can help with", others: "what people help with" },
	{ field: "askMeAbout", label: "Ask me about", others: "what people like to be asked" },
	{ field: "goodIntroduction", label: "A good introduction for me is", others: "whom people would like to meet" },
];

/** What an event's cards may ask, as the contract names it. */
type CardQuestion = Registration["event"]["cardQuestions"][number];

const NAMES: Readonly<Record<TextField, CardQuestion>> = {
	upTo: "UP_TO",
	seeking: "SEEKING",
	offering: "OFFERING",
	askMeAbout: "ASK_ME_ABOUT",
	goodIntroduction: "GOOD_INTRODUCTION",
};

/**
 * What this event asks; and what it does not, where words stand all the same, so that their writer can take them out. An
 * answer kept on the phone from before may not say what is asked: then it is everything.
 */
export function questionsAt(
	asked: readonly CardQuestion[] | undefined,
	texts: CardForm["texts"],
): readonly ((typeof QUESTIONS)[number] & { readonly isAsked: boolean })[] {
	return QUESTIONS.map((question) => ({
		...question,
		isAsked: asked?.includes(NAMES[question.field]) ?? true,
	})).filter(({ field, isAsked }) => isAsked || texts[field] !== "");
}

/** The card without what this event does not ask: so much of an earlier one is taken along. */
export function onlyAsked<C extends Card>(card: C, asked: readonly CardQuestion[] | undefined): C {
	const left = QUESTIONS.filter(({ field }) => !(asked?.includes(NAMES[field]) ?? true));
	return { ...card, ...Object.fromEntries(left.map(({ field }) => [field, null])) };
}

export const isCardEmpty = (card: Card): boolean => QUESTIONS.every(({ field }) => !card[field]);

export function formOf(registration: Pick<Registration, "card" | "openToEvent" | "openToIntroductions">): CardForm {
	const { card, openToEvent, openToIntroductions } = registration;
	const texts = Object.fromEntries(QUESTIONS.map(({ field }) => [field, card[field] ?? ""])) as CardForm["texts"];
	return {
		name: card.name,
		pronouns: card.pronouns ?? "",
		texts,
		newHere: card.newHere,
		returning: card.returning,
		betweenThings: card.betweenThings,
		openToEvent,
		openToIntroductions,
	};
}

/** What is sent: surrounding spaces gone, and null for what was left empty. */
export function inputOf(form: CardForm): CardInput {
	const written = (text: string) => text.trim() || null;
	return {
		name: form.name.trim(),
		pronouns: written(form.pronouns),
		upTo: written(form.texts.upTo),
		seeking: written(form.texts.seeking),
		offering: written(form.texts.offering),
		askMeAbout: written(form.texts.askMeAbout),
		goodIntroduction: written(form.texts.goodIntroduction),
		newHere: form.newHere,
		returning: form.returning,
		betweenThings: form.betweenThings,
		openToEvent: form.openToEvent,
		openToIntroductions: form.openToIntroductions,
	};
}
