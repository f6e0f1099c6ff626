// Whether the network answers quickly enough to wait for it, judged by what it did last and not by what the phone believes
// of it. Pure; it knows no clock.

/** Milliseconds for which a queue of people waits for an answer. */
export const PATIENCE = 1000;

/** So many slow answers in a row, and nobody waits for the next. An answer that fails outright is enough alone. */
const SLOW_ENOUGH = 2;
/** So many quick ones in a row, and the network is waited for again. */
const QUICK_ENOUGH = 2;

export class Evidence {
	#isGood = true;
	#slow = 0;
	#quick = 0;

	/** Whether the next scan waits for an answer. */
	get isGood(): boolean {
		return this.#isGood;
	}

	/** An answer came after so many milliseconds; `allowed` is what it might take. */
	answered(milliseconds: number, allowed = PATIENCE): void {
		if (milliseconds > allowed) {
			this.late();
			return;
		}
		this.#slow = 0;
		this.#quick += 1;
		if (this.#quick >= QUICK_ENOUGH) this.#isGood = true;
	}

	/** No answer came in time; it may still come. */
	late(): void {
		this.#quick = 0;
		this.#slow += 1;
		if (this.#slow >= SLOW_ENOUGH) this.#isGood = false;
	}

	/** There is no network, or no server behind it. */
	failed(): void {
		this.#quick = 0;
		this.#isGood = false;
	}
}
