// Reads something again as it moves: not too often, never twice at once, and once more for what moved meanwhile, so that
// the last word is always read. It does not know what is read.

/** Milliseconds between two readings while things move. */
const CALM = 1_000;
/** Milliseconds until a reading that brought nothing is tried again. */
const ASK_AGAIN = 10_000;

export class Calmly {
	readonly #read: () => Promise<boolean>;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#isReading = false;
	#isDue = false;
	#isClosed = false;

	/** `read` answers whether it brought something. */
	constructor(read: () => Promise<boolean>) {
		this.#read = read;
	}

	/** Something moved: it is read soon. */
	moved(): void {
		if (this.#isReading) this.#isDue = true;
		else if (!this.#isClosed) this.#timer ??= setTimeout(() => void this.#again(), CALM);
	}

	close(): void {
		this.#isClosed = true;
		clearTimeout(this.#timer);
	}

	async #again(): Promise<void> {
		this.#isReading = true;
		this.#isDue = false;
		const isRead = await this.#read();
		this.#isReading = false;
		this.#timer = undefined;
		if (this.#isClosed) return;
		if (!isRead) this.#timer = setTimeout(() => void this.#again(), ASK_AGAIN);
		else if (this.#isDue) this.moved();
	}
}
