// When a talk began and when it has been long enough. Pure but for one thing: the moment a talk was opened is kept for as
// long as the app's window lives.

const MINUTE = 60_000;
/** How long the time to close a talk lasts, in minutes: a screen opened hours later is read, not talked over. */
const GRACE = 30;

interface Met {
	readonly id: string;
	/** The earliest time at which the two met at this event, RFC 3339. */
	readonly swappedAt: string;
	readonly conversations: number;
}

/** Milliseconds since 1970. The first talk of two began with their scan; a later one when this phone opened it. */
export function beganAt({ swappedAt, conversations }: Met, openedAt: number): number {
	return conversations > 1 ? openedAt : Math.min(Date.parse(swappedAt), openedAt);
}

/** Milliseconds until it is time to close; 0 while it is, null once that is past. */
export function untilClosing(began: number, minutes: number, now: number): number | null {
	const left = began + minutes * MINUTE - now;
	if (left < -GRACE * MINUTE) return null;
	return Math.max(0, left);
}

/** When this window first opened the talk, and whether its closing line was put away in it. */
export class Opened {
	#key: string;

	constructor({ id, conversations }: Met) {
		this.#key = `handsel.talk ${id} ${conversations}`;
	}

	/** The phone's time in milliseconds; `now` the first time. */
	at(now: number): number {
		const kept = Number(sessionStorage.getItem(this.#key));
		if (kept > 0) return kept;
		sessionStorage.setItem(this.#key, String(now));
		return now;
	}

	get isPutAway(): boolean {
		return sessionStorage.getItem(`${this.#key} closed`) !== null;
	}

	putAway(): void {
		sessionStorage.setItem(`${this.#key} closed`, "yes");
	}
}
