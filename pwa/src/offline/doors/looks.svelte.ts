// What a door should look at once more, in peace: a scan that the server judged otherwise than this phone did, and what it
// did not take. Kept sealed until the helper has put it away. It accuses nobody: times and words, no score.
import type { Problem } from "../../graphql/outcome";
import { NoRoom } from "../outbox/keeping";
import type { Direction, OwnVerdict } from "./judging";
import { LOOKS } from "./places";
import { type Lined, openLine, type SealedLine } from "./sealed-line";

/** Told one thing by the phone, and another by the server. */
export interface Differs {
	readonly kind: "differs";
	/** The scan's key. */
	readonly key: string;
	readonly name: string | null;
	readonly direction: Direction;
	/** The phone's time of the scan, RFC 3339. */
	readonly scannedAt: string;
	/** Null where the phone had no list to look at. */
	readonly told: OwnVerdict | null;
	readonly came: string;
	/** When and where they had been let in before it. */
	readonly firstInAt: string | null;
	readonly door: string | null;
}

/** The server did not take it. */
export interface NotTaken {
	readonly kind: "not-taken";
	readonly key: string;
	readonly what: "scan" | "walk-in" | "undo";
	readonly name: string | null;
	readonly at: string;
	readonly problem: Pick<Problem, "name" | "message">;
}

/** A conflict that the server found and that was put away here. */
interface PutAway {
	readonly kind: "put-away";
	readonly key: string;
}

type Kept = Differs | NotTaken | PutAway;
export type Look = Differs | NotTaken;

export class Looks {
	#kept = $state.raw<readonly Lined<Kept>[]>([]);
	#line: Promise<SealedLine<Kept>>;
	#spilled = 0;

	constructor(place: string) {
		this.#line = openLine<Kept>(place, LOOKS);
		void this.#line.then(async (line) => {
			this.#kept = await line.read();
		});
	}

	/** The oldest first. */
	readonly list: readonly Look[] = $derived(
		this.#kept.flatMap(({ value }) => (value.kind === "put-away" ? [] : [value])),
	);

	/** Whether this conflict was put away on this phone. */
	isPutAway(conflict: string): boolean {
		return this.#kept.some(({ value }) => value.kind === "put-away" && value.key === conflict);
	}

	add(look: Look): Promise<void> {
		return this.#add(look);
	}

	putAwayConflict(conflict: string): Promise<void> {
		return this.#add({ kind: "put-away", key: conflict });
	}

	async putAway(key: string): Promise<void> {
		const gone = this.#kept.filter(({ value }) => value.key === key);
		this.#kept = this.#kept.filter(({ value }) => value.key !== key);
		await (await this.#line).remove(gone);
	}

	async #add(value: Kept): Promise<void> {
		if (this.#kept.some((each) => each.value.kind === value.kind && each.value.key === value.key)) return;
		this.#kept = [...this.#kept, await this.#lined(value)];
	}

	/** A full phone shows it in this page all the same: the queue behind it must go on. */
	async #lined(value: Kept): Promise<Lined<Kept>> {
		try {
			const [lined] = await (await this.#line).add(value);
			if (lined) return lined;
		} catch (error) {
			if (!(error instanceof NoRoom)) throw error;
		}
		this.#spilled += 1;
		return { order: -this.#spilled, value };
	}
}
