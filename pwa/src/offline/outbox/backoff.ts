// When to try again: later after each failure, with chance in it so that a room of phones does not return at once, and
// never before the time that the server asked for. It holds no timer.

const FIRST = 2_000;
const LONGEST = 5 * 60_000;
/** A server may ask for any time; nobody's words wait longer than an hour for one. */
const LONGEST_ASKED = 60 * 60_000;

export class Backoff {
	#tries = 0;
	#until = 0;
	#isAsked = false;
	#random: () => number;
	#longest: number;

	/** No wait that is only guessed is longer than `longest` milliseconds. */
	constructor(random: () => number = Math.random, longest = LONGEST) {
		this.#random = random;
		this.#longest = longest;
	}

	/** When the next try is due, in milliseconds as `Date.now` counts; 0 while nothing failed. */
	get until(): number {
		return this.#until;
	}

	/** Whether nobody asked for the wait: what the person just wrote may be tried all the same. */
	get isGuessed(): boolean {
		return !this.#isAsked;
	}

	isDue(now: number): boolean {
		return now >= this.#until;
	}

	/** A try failed at `now`; `asked` are milliseconds that the server asked to wait. Several that fail at once count once. */
	failed(now: number, asked: number | null = null): void {
		if (asked === null && !this.isDue(now)) return;
		const guess = Math.min(this.#longest, FIRST * 2 ** this.#tries) * (0.5 + this.#random() / 2);
		this.#tries += 1;
		this.#until = now + Math.max(guess, Math.min(LONGEST_ASKED, asked ?? 0));
		this.#isAsked = asked !== null;
	}

	succeeded(): void {
		this.#tries = 0;
		this.#until = 0;
		this.#isAsked = false;
	}

	/** The person is back, or the network is: what was only guessed is over. What the server asked for holds. */
	hurry(): void {
		if (!this.#isAsked) this.succeeded();
	}
}
