// Who may come in, as this door's phone knows it: names, kinds of ticket and states, found by the hash of a code. It lies
// open in the page only; roster-keeping.ts seals it on the phone.

/** One place at the event, as the server sends it to doors. */
export interface RosterEntry {
	readonly registration: string;
	readonly name: string;
	readonly ticketType: string | null;
	readonly state: "REGISTERED" | "CHECKED_IN" | "CHECKED_OUT" | "CANCELLED";
	/** When and where they were let in first today, RFC 3339; null when they were not. */
	readonly firstInAt: string | null;
	readonly door: string | null;
	readonly badgePrintedAt: string | null;
	/** Hashes of what admits them, as codes.ts makes them. */
	readonly codes: readonly string[];
}

export class Roster {
	#entries = new Map<string, RosterEntry>();
	#byCode = new Map<string, string>();
	/** Grows with every change, so that what was made from it can be made anew. */
	version = 0;

	constructor(entries: Iterable<RosterEntry> = []) {
		for (const entry of entries) this.#put(entry);
	}

	get size(): number {
		return this.#entries.size;
	}

	get entries(): Iterable<RosterEntry> {
		return this.#entries.values();
	}

	get(registration: string): RosterEntry | null {
		return this.#entries.get(registration) ?? null;
	}

	/** Whose code has one of these hashes, the first one first. */
	holderOf(hashes: readonly string[]): RosterEntry | null {
		for (const hash of hashes) {
			const registration = this.#byCode.get(hash);
			if (registration !== undefined) return this.get(registration);
		}
		return null;
	}

	/** Takes in what changed, and lets go of who is no longer on the list. */
	change(entries: readonly RosterEntry[], gone: readonly string[] = []): void {
		for (const registration of gone) this.#remove(registration);
		for (const entry of entries) {
			this.#remove(entry.registration);
			this.#put(entry);
		}
		if (entries.length > 0 || gone.length > 0) this.version += 1;
	}

	#put(entry: RosterEntry): void {
		this.#entries.set(entry.registration, entry);
		for (const code of entry.codes) this.#byCode.set(code, entry.registration);
	}

	#remove(registration: string): void {
		for (const code of this.#entries.get(registration)?.codes ?? []) {
			if (this.#byCode.get(code) === registration) this.#byCode.delete(code);
		}
		this.#entries.delete(registration);
	}
}
