// How long a talk should be, for whoever wants to be reminded kindly. The choice stays on this phone, so it holds without
// a network; when it is time is `talk-clock.ts`.

const KEY = "handsel.talk-minutes";
/** In minutes. Twenty is as long as an agenda is. */
export const TALK_LENGTHS = [5, 10, 15, 20] as const;
export type TalkLength = (typeof TALK_LENGTHS)[number];
const USUAL: TalkLength = 20;

class TalkLengthChoice {
	#minutes = $state<TalkLength | null>(readChoice());

	/** Null for no reminder. */
	get minutes(): TalkLength | null {
		return this.#minutes;
	}

	set(minutes: TalkLength | null): void {
		this.#minutes = minutes;
		localStorage.setItem(KEY, String(minutes ?? "never"));
	}
}

function readChoice(): TalkLength | null {
	const kept = localStorage.getItem(KEY);
	if (kept === "never") return null;
	return TALK_LENGTHS.find((length) => String(length) === kept) ?? USUAL;
}

/** The one choice of this phone. */
export const talkLength = new TalkLengthChoice();
