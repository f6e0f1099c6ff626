// Brings what stands in a door's queue to the server: one thing for a helper who waits, or a run of scans at once. It keeps
// nothing; how quickly the server answered goes to the evidence.
import { read } from "../../graphql/answer";
import type { Send, SendOptions } from "../../graphql/client";
import { CheckIn, RegisterWalkIn, ReplayCheckIns, UndoCheckIn } from "../../graphql/documents.generated";
import type { Outcome } from "../../graphql/outcome";
import type { Variables } from "../../graphql/trusted";
import { type Evidence, PATIENCE } from "./evidence";
import type { Author } from "./places";
import type { ScanThing, Thing } from "./things";

/** One answer for each thing, in their order. */
export interface Delivery {
	one(thing: Thing): Promise<Outcome<unknown>>;
	all(things: readonly Thing[]): Promise<readonly Outcome<unknown>[]>;
}

/** Milliseconds for one thing, and what each of a long queue adds. */
const DEADLINE = 8_000;
const EACH = 400;
/** Milliseconds that each scan of a run may take without the network counting as slow. */
const EACH_QUICK = 40;

export class ToServer implements Delivery {
	#event: string;
	#author: Author;
	#evidence: Evidence;
	#send: Send;

	constructor(event: string, author: Author, evidence: Evidence, send: Send) {
		this.#event = event;
		this.#author = author;
		this.#evidence = evidence;
		this.#send = send;
	}

	one(thing: Thing): Promise<Outcome<unknown>> {
		return this.#watched<unknown>(1, (options) => {
			switch (thing.kind) {
				case "scan":
					return this.#send(CheckIn, { event: this.#event, checkIn: asSent(thing) }, options);
				case "walk-in": {
					const { name, email, key, isLetIn } = thing;
					return this.#send(RegisterWalkIn, { event: this.#event, name, email, key, letIn: isLetIn }, options);
				}
				case "undo":
					return this.#send(UndoCheckIn, { checkIn: thing.checkIn ?? "" }, options);
			}
		});
	}

	async all(things: readonly Thing[]): Promise<readonly Outcome<unknown>[]> {
		const scans = things.filter((thing) => thing.kind === "scan");
		const [only] = things;
		if (only === undefined) return [];
		// One scan too goes as a queue does: from a phone that was taken off its door the server takes nothing else.
		if (scans.length < things.length) return [await this.one(only)];
		const outcome = await this.#watched(scans.length, (options) =>
			this.#send(ReplayCheckIns, { event: this.#event, checkIns: scans.map(asSent) }, options),
		);
		return scans.map((_, index) => {
			const answer = outcome.kind === "data" ? outcome.data[index] : undefined;
			if (answer === undefined) return outcome.kind === "data" ? { kind: "offline" } : outcome;
			return read(CheckIn, { data: { checkIn: answer.result } });
		});
	}

	async #watched<T>(things: number, send: (options: SendOptions) => Promise<Outcome<T>>): Promise<Outcome<T>> {
		const began = performance.now();
		const deadline = DEADLINE + EACH * (things - 1);
		const outcome = await send({ deadline, ...this.#author });
		const took = performance.now() - began;
		if (outcome.kind === "data" || outcome.kind === "problem") {
			this.#evidence.answered(took, PATIENCE + EACH_QUICK * (things - 1));
		} else this.#evidence.failed();
		return outcome;
	}
}

/** The phone's time at sending tells the server how wrong its clock is. */
function asSent(scan: ScanThing): Variables<typeof CheckIn>["checkIn"] {
	const { code, door, key, registration, direction, scannedAt, shown, isOwn } = scan;
	const sentAt = new Date().toISOString();
	return { code, door, key, registration, direction, scannedAt, sentAt, shown, offline: isOwn };
}
