// The sign-in under way on this phone. It outlives switching to the mail app, and the system closing this one meanwhile.

export interface Attempt {
	readonly id: string;
	/** Where the code went. */
	readonly email: string;
	/** The badge that the code makes mine; null for signing in alone. */
	readonly badge: string | null;
	/** The server's own sentence about what it sent. */
	readonly message: string;
	/** Milliseconds of this phone's clock. */
	readonly askedAt: number;
}

const KEY = "handsel.attempt";
/** Codes live ten minutes; past that the screen begins at the address again. */
const LIFE = 10 * 60 * 1000;

/** The attempt that may still take a code at `now` (milliseconds), or null. */
export function keptAttempt(now: number): Attempt | null {
	const text = localStorage.getItem(KEY);
	if (text === null) return null;
	const attempt = JSON.parse(text) as Attempt;
	if (attempt.askedAt + LIFE > now) return attempt;
	forgetAttempt();
	return null;
}

export function keepAttempt(attempt: Attempt): void {
	localStorage.setItem(KEY, JSON.stringify(attempt));
}

export function forgetAttempt(): void {
	localStorage.removeItem(KEY);
}
