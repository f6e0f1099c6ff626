// Keeps codes that stay in the picture from being read again, however many are in view.

/** Milliseconds for which a code has to be out of view to count as new. */
const WINDOW = 2500;

export class RecentCodes {
	#seenAt = new Map<string, number>();

	/** Those of these texts that were not in view lately; `at` in milliseconds. Seeing an old one again keeps it old. */
	newAmong(texts: readonly string[], at: number): string[] {
		for (const [text, seenAt] of this.#seenAt) if (at - seenAt >= WINDOW) this.#seenAt.delete(text);
		for (const text of texts) if (this.#seenAt.has(text)) this.#seenAt.set(text, at);
		return texts.filter((text) => !this.#seenAt.has(text));
	}

	/** Whether this one was not in view lately; if so, it has been taken. */
	takesNew(text: string, at: number): boolean {
		const isNew = this.newAmong([text], at).length > 0;
		if (isNew) this.take(text, at);
		return isNew;
	}

	/** This one has been taken. */
	take(text: string, at: number): void {
		this.#seenAt.set(text, at);
	}

	/** This one may be read again at once. */
	forget(text: string): void {
		this.#seenAt.delete(text);
	}
}
