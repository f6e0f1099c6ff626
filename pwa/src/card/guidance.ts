// A calm word about a text while it is being written: a pitch, a single word, or more than a card holds. It suggests and
// never blocks; nothing is counted aloud before it matters.

import { countGraphemes } from "../ui/graphemes";
import { LIMITS } from "./card-form";
import { type Pitch, pitchIn } from "./pitch";

export interface Guidance {
	readonly note: string;
	/** The same as a pitch, where it is one. */
	readonly pitch: Pitch | null;
}

/** Past this many letters nobody reads a card to its end while standing. */
const PLENTY = 180;

const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });

/** What to say of a text that is written so far, or null when it is fine as it is. `language` is the reader's. */
export function guidanceFor(text: string, language: string): Guidance | null {
	const written = text.trim();
	if (written === "") return null;
	const over = countGraphemes(written) - LIMITS.text;
	if (over > 0) {
		const letters = over === 1 ? "one letter" : `${over} letters`;
		return said(`More than fits on a card, by ${letters}. Which part would you say aloud?`);
	}
	const pitch = pitchIn(written);
	if (pitch !== null) return { note: language.startsWith("de") ? pitch.why.de : pitch.why.en, pitch };
	if (over > PLENTY - LIMITS.text) return said("That is plenty. One thought is easiest to ask about.");
	if (!isSeveralWords(written)) return said("A few words more give people something to ask about.");
	return null;
}

const said = (note: string): Guidance => ({ note, pitch: null });

/** Words as their own script parts them; a text of signs alone has none. */
function isSeveralWords(text: string): boolean {
	let words = 0;
	for (const { isWordLike } of segmenter.segment(text)) {
		if (isWordLike) words += 1;
		if (words > 1) return true;
	}
	return false;
}
