// Whether something waits for longer than sending takes, and so is worth a word. It sends nothing.
import type { Contents } from "./contents.svelte";

/** Milliseconds after which something that still waits is spoken of; most things are gone by then. */
const PATIENCE = 3_000;

export class Lateness {
	#contents: Contents;
	#isNoticed = $state(false);

	constructor(contents: Contents) {
		this.#contents = contents;
	}

	get isLate(): boolean {
		return this.#isNoticed;
	}

	/** A try brought nothing. */
	notice(): void {
		this.#isNoticed = this.#contents.waiting.length > 0;
	}

	/** What waits now and still does after a while is late. */
	look(): void {
		const places = new Set(this.#contents.waiting.map(({ place }) => place));
		if (this.#isNoticed || places.size === 0) return;
		setTimeout(() => {
			if (this.#contents.waiting.some(({ place }) => places.has(place))) this.#isNoticed = true;
		}, PATIENCE);
	}

	/** Something left: with nothing more to wait for there is nothing to speak of. */
	lookAgain(): void {
		if (this.#contents.waiting.length === 0) this.#isNoticed = false;
	}
}
