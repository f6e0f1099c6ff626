// One door's scans, one at a time: on its way, told, or not in yet. A scan keeps its key through every retry, so that an
// answer lost on the way admits nobody twice. It keeps no queue: what has no answer is said to be not in.
import { appLocale } from "../app/event-time";
import { CheckIn, UndoCheckIn } from "../graphql/documents.generated";
import { type Trouble, troubleInWords } from "../graphql/outcome";
import { send } from "../graphql/server";
import type { TeamEvent } from "../team/team-event";
import { shownFor, type Told, tell } from "./verdict";

export type Direction = "IN" | "OUT";

interface Scan {
	readonly code: string;
	/** Somebody found by name or just registered, in place of a code. */
	readonly registration: string | null;
	readonly direction: Direction;
	readonly key: string;
	/** The phone's own time, RFC 3339. */
	readonly scannedAt: string;
	/** The ticket of somebody registered on the spot, to be shown to them. */
	readonly ticket: string | null;
}

export type Stage =
	| { readonly kind: "ready" }
	| { readonly kind: "asking"; readonly scan: Scan }
	/** `at` is when it was told, on the clock of `performance.now()`. */
	| { readonly kind: "told"; readonly told: Told; readonly ticket: string | null; readonly at: number }
	| { readonly kind: "not-in"; readonly scan: Scan; readonly trouble: Trouble };

/** Milliseconds a queue of people waits for an answer. */
const DEADLINE = 6000;
/** A welcome stands at least so long before the next ticket in view takes its place. Milliseconds. */
const READABLE = 800;

export class DoorScans {
	stage = $state.raw<Stage>({ kind: "ready" });
	/** The last one let in or out, for an undo that comes late; null when there is nothing to take back. */
	last = $state.raw<Told | null>(null);
	isUndoing = $state(false);
	/** Why it was not taken back. */
	undoRefusal = $state<string | null>(null);
	#event: TeamEvent;
	#door: string;
	#ontold: (told: Told) => void;
	#returning: ReturnType<typeof setTimeout> | undefined;

	constructor(event: TeamEvent, door: string, ontold: (told: Told) => void) {
		this.#event = event;
		this.#door = door;
		this.#ontold = ontold;
	}

	/** Whether a ticket that comes into view is taken: always but while something is to be read or answered. */
	takes(at: number): boolean {
		const { stage } = this;
		if (stage.kind === "told") {
			return stage.told.tone === "go" && stage.ticket === null && at - stage.at >= READABLE && !this.isUndoing;
		}
		return stage.kind === "ready";
	}

	/** Sends what was read or typed. The same code that just had no answer is that scan once more. */
	scan(code: string, direction: Direction): void {
		const { stage } = this;
		if (stage.kind === "asking") return;
		if (stage.kind === "not-in" && stage.scan.code === code && stage.scan.direction === direction) {
			void this.again();
		} else {
			void this.#ask(newScan({ code, registration: null, direction, ticket: null }));
		}
	}

	/** Lets somebody through who was found by name, or was just registered and is shown their `ticket`. */
	letThrough(registration: string, direction: Direction, ticket: string | null = null): void {
		void this.#ask(newScan({ code: "", registration, direction, ticket }));
	}

	/** The scan that had no answer, with the same key. */
	async again(): Promise<void> {
		if (this.stage.kind === "not-in") await this.#ask(this.stage.scan);
	}

	/** Back to the camera. Answers the code that was left without an answer, if one was. */
	next(): string | null {
		const { stage } = this;
		clearTimeout(this.#returning);
		this.undoRefusal = null;
		if (stage.kind !== "asking") this.stage = { kind: "ready" };
		return stage.kind === "not-in" ? stage.scan.code : null;
	}

	async undo(id: string): Promise<void> {
		if (this.isUndoing) return;
		clearTimeout(this.#returning);
		this.isUndoing = true;
		this.undoRefusal = null;
		const outcome = await send(UndoCheckIn, { checkIn: id }, { deadline: DEADLINE });
		this.isUndoing = false;
		if (outcome.kind === "data") {
			this.last = null;
			this.#tell(tell(outcome.data, this.#event.timezone, appLocale()), null);
		} else {
			this.undoRefusal =
				outcome.kind === "offline" ? "No connection; it is not taken back yet." : troubleInWords(outcome);
		}
	}

	/** Ends what is still to come. */
	close(): void {
		clearTimeout(this.#returning);
	}

	async #ask(scan: Scan): Promise<void> {
		clearTimeout(this.#returning);
		this.undoRefusal = null;
		this.stage = { kind: "asking", scan };
		const { code, registration, direction, key, scannedAt } = scan;
		const checkIn = {
			code,
			registration,
			direction,
			key,
			scannedAt,
			door: this.#door,
			sentAt: new Date().toISOString(),
		};
		const outcome = await send(CheckIn, { event: this.#event.id, checkIn }, { deadline: DEADLINE });
		if (outcome.kind === "data") {
			const told = tell(outcome.data, this.#event.timezone, appLocale());
			if (told.canUndo) this.last = told;
			this.#tell(told, told.tone === "go" ? scan.ticket : null);
		} else {
			this.stage = { kind: "not-in", scan, trouble: outcome };
		}
	}

	#tell(told: Told, ticket: string | null): void {
		this.stage = { kind: "told", told, ticket, at: performance.now() };
		this.#ontold(told);
		// Somebody is being shown their ticket: they say when they have it.
		if (ticket === null) this.#returning = setTimeout(() => this.next(), shownFor(told));
	}
}

const newScan = (scan: Omit<Scan, "key" | "scannedAt">): Scan => ({
	...scan,
	key: crypto.randomUUID(),
	scannedAt: new Date().toISOString(),
});
