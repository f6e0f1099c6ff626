// Of the codes in view at a kiosk the one that is meant: a sheet may hold several tickets, and nobody looks on who would know
// that only one of these people has come. Pure.
import { RecentCodes } from "../camera/recent-codes";

export class OneAtATime {
	#recent = new RecentCodes();
	#last = "";

	/** The code that is taken now, or null; `at` in milliseconds. What is in view beside it, or beside the last one while that
	 * is still held up, has to go out of view before it counts as held up itself. */
	take(texts: readonly string[], at: number, isFree: boolean): string | null {
		const fresh = this.#recent.newAmong(texts, at);
		const code = (isFree ? fresh[0] : undefined) ?? null;
		if (code !== null || texts.includes(this.#last)) for (const each of fresh) this.#recent.take(each, at);
		if (code !== null) this.#last = code;
		return code;
	}
}
