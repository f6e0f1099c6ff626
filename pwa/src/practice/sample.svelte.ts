// The talk to practise on, read beforehand so that it is there without a network; and whether it was offered already.
import { session } from "../app/session.svelte";
import { Practice } from "../graphql/documents.generated";
import { Remembered } from "../offline/remembered.svelte";

/** In the language that I chose. */
export const sampleTalk = (): Remembered<typeof Practice> =>
	new Remembered(Practice, { language: session.me?.locale ?? "en" });

const KEY = "handsel.practice.offered";

/** To whom on this phone the practice was offered, by id; it is offered once. */
class PracticeOffered {
	#to = $state(localStorage.getItem(KEY));

	get isOver(): boolean {
		return session.me === null || this.#to === session.me.id;
	}

	/** Taken or declined. */
	settle(): void {
		if (session.me === null) return;
		this.#to = session.me.id;
		localStorage.setItem(KEY, session.me.id);
	}
}

export const practiceOffered = new PracticeOffered();
