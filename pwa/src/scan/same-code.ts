// Keeps a code that stays in view from being read again and again.

/** Milliseconds for which a code has to be out of view to count as new. */
export const WINDOW = 2500;

export class SameCode {
	#text: string | null = null;
	#seenAt = 0;

	/** Whether this reading is a new one; `at` in milliseconds. Seeing the same code again keeps it from being new. */
	isNew(text: string, at: number): boolean {
		const isSame = text === this.#text && at - this.#seenAt < WINDOW;
		this.#text = text;
		this.#seenAt = at;
		return !isSame;
	}
}
