// What a card takes over from an earlier one of mine: the words, into fields that are still empty. Circumstances (new here,
// been here before, between things) and consents belong to their own event and are never carried.
import type { Registration } from "../app/session.svelte";
import { type CardForm, isCardEmpty, QUESTIONS, type TextField } from "./card-form";

type Place = Pick<Registration, "id" | "card"> & { readonly event: Pick<Registration["event"], "startsAt" | "title"> };

/** The place with the latest card of mine before this event, or null where there is none with any words. */
export function earlierCard<P extends Place>(mine: readonly P[], here: Place): P | null {
	const starts = (place: Place) => new Date(place.event.startsAt).getTime();
	const earlier = mine.filter(
		(place) => place.id !== here.id && starts(place) < starts(here) && !isCardEmpty(place.card),
	);
	return earlier.toSorted((one, other) => starts(other) - starts(one))[0] ?? null;
}

/** The five texts that would be taken into this form, in their order. */
export function wordsToCarry(
	form: CardForm,
	earlier: Place,
): readonly { readonly field: TextField; readonly label: string; readonly words: string }[] {
	return QUESTIONS.flatMap(({ field, label }) => {
		const words = earlier.card[field];
		return words && form.texts[field].trim() === "" ? [{ field, label, words }] : [];
	});
}

/** The form with those words, and with the pronouns where there are none yet. */
export function withCarried(form: CardForm, earlier: Place): CardForm {
	const words = wordsToCarry(form, earlier).map(({ field, words }) => [field, words]);
	return {
		...form,
		pronouns: form.pronouns.trim() === "" ? (earlier.card.pronouns ?? "") : form.pronouns,
		texts: { ...form.texts, ...Object.fromEntries(words) },
	};
}

/** The form without them: what was written over since stays. */
export function withoutCarried(form: CardForm, before: CardForm, carried: CardForm): CardForm {
	const back = (now: string, then: string, taken: string) => (now === taken ? then : now);
	const texts = QUESTIONS.map(({ field }) => [
		field,
		back(form.texts[field], before.texts[field], carried.texts[field]),
	]);
	return {
		...form,
		pronouns: back(form.pronouns, before.pronouns, carried.pronouns),
		texts: Object.fromEntries(texts) as CardForm["texts"],
	};
}
