// The keys of sessions that are being added: one for each as it is written, through every try. What was mended between two
// tries has a key of its own, and nothing else is added twice.
import type { SessionText } from "./programme-text";

export class SessionKeys {
	#keys = new Map<string, string[]>();

	/** A key for each, in their order; two that are written alike are two sessions. */
	of(sessions: readonly SessionText[]): string[] {
		const met = new Map<string, number>();
		return sessions.map((session) => {
			const written = JSON.stringify(session);
			const nth = met.get(written) ?? 0;
			met.set(written, nth + 1);
			const keys = this.#keys.get(written) ?? [];
			this.#keys.set(written, keys);
			keys[nth] ??= crypto.randomUUID();
			return keys[nth];
		});
	}

	/** They are in the programme: the same written once more is another session. */
	added(sessions: readonly SessionText[]): void {
		for (const session of sessions) this.#keys.delete(JSON.stringify(session));
	}
}
