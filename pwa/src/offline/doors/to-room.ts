// Brings what stands in a room's queue to the server, as `ToServer` does for a door: one scan for a helper who waits, or a run
// of them at once. In the place of the door stands the session; an answer is told in the queue's words, with the room's beside.
import { read } from "../../graphql/answer";
import type { Send, SendOptions } from "../../graphql/client";
import { CheckInToRoom, ReplayRoomCheckIns, UndoRoomCheckIn } from "../../graphql/documents.generated";
import type { Outcome } from "../../graphql/outcome";
import type { Data, Variables } from "../../graphql/trusted";
import type { Delivery } from "./delivering";
import { type Evidence, PATIENCE } from "./evidence";
import type { Author } from "./places";
import type { ScanThing, Thing } from "./things";

export type CountedAt = Data<typeof CheckInToRoom>;

/** An answer as the queue reads it: `id` takes it back later. */
export interface RoomWord {
	readonly id: string;
	readonly verdict: string;
	readonly room: CountedAt;
}

/** Milliseconds for one scan, and what each of a long queue adds. */
const DEADLINE = 8_000;
const EACH = 400;
/** What a verdict is to the queue: only what counted somebody can be taken back. */
const AS_AT_A_DOOR: Readonly<Record<CountedAt["verdict"], string>> = {
	COUNTED: "ADMITTED",
	FULL: "ADMITTED",
	ALREADY: "ALREADY_IN",
	LEFT: "CHECKED_OUT",
	NOT_RECOGNISED: "NOT_RECOGNISED",
	UNDONE: "UNDONE",
};

export class ToRoom implements Delivery {
	#event: string;
	#session: string;
	#author: Author;
	#evidence: Evidence;
	#send: Send;

	constructor(event: string, session: string, author: Author, evidence: Evidence, send: Send) {
		this.#event = event;
		this.#session = session;
		this.#author = author;
		this.#evidence = evidence;
		this.#send = send;
	}

	async one(thing: Thing): Promise<Outcome<unknown>> {
		if (thing.kind === "walk-in") return { kind: "offline" };
		const answer = await this.#watched(1, (options): Promise<Outcome<CountedAt>> => {
			if (thing.kind === "undo") return this.#send(UndoRoomCheckIn, { session: this.#session, key: thing.of }, options);
			return this.#send(CheckInToRoom, { event: this.#event, checkIn: asSent(thing) }, options);
		});
		return inQueueWords(answer);
	}

	async all(things: readonly Thing[]): Promise<readonly Outcome<unknown>[]> {
		const scans = things.filter((thing) => thing.kind === "scan");
		const [only] = things;
		if (only === undefined) return [];
		// One scan too goes as a queue does: from a phone that was taken off its room the server takes nothing else.
		if (scans.length < things.length) return [await this.one(only)];
		const outcome = await this.#watched(scans.length, (options) =>
			this.#send(ReplayRoomCheckIns, { event: this.#event, checkIns: scans.map(asSent) }, options),
		);
		return scans.map((_, index) => {
			const answer = outcome.kind === "data" ? outcome.data[index] : undefined;
			if (answer === undefined) return outcome.kind === "data" ? { kind: "offline" } : outcome;
			return inQueueWords(read(CheckInToRoom, { data: { checkInToRoom: answer.result } }));
		});
	}

	async #watched<T>(things: number, send: (options: SendOptions) => Promise<Outcome<T>>): Promise<Outcome<T>> {
		const began = performance.now();
		const deadline = DEADLINE + EACH * (things - 1);
		const outcome = await send({ deadline, ...this.#author });
		if (outcome.kind === "data" || outcome.kind === "problem")
			this.#evidence.answered(performance.now() - began, PATIENCE * things);
		else this.#evidence.failed();
		return outcome;
	}
}

function inQueueWords(outcome: Outcome<CountedAt>): Outcome<RoomWord> {
	if (outcome.kind !== "data") return outcome;
	const { data: room } = outcome;
	return { kind: "data", data: { id: room.key, verdict: AS_AT_A_DOOR[room.verdict], room } };
}

function asSent({
	code,
	door,
	key,
	direction,
	scannedAt,
	isOwn,
}: ScanThing): Variables<typeof CheckInToRoom>["checkIn"] {
	return { code, session: door, key, direction, scannedAt, sentAt: new Date().toISOString(), offline: isOwn };
}
