// One room's scans as its helper sees them: each is kept first, then told by the server where it answers in time; else it is
// noted, and counts when it has been sent. No list of people is on this phone.
import { isNotOfTheTeam } from "../graphql/outcome";
import { send } from "../graphql/server";
import { Evidence, PATIENCE } from "../offline/doors/evidence";
import type { Direction } from "../offline/doors/judging";
import { authorOf, placeOfRoom } from "../offline/doors/places";
import { DoorQueue, type LastWord } from "../offline/doors/queue.svelte";
import type { ScanThing, Thing, UndoThing } from "../offline/doors/things";
import { type RoomWord, ToRoom } from "../offline/doors/to-room";
import { type RoomTold, shownInRoom, tellNoted, tellRoom } from "./room-verdict";
import type { Session } from "./wording";

export interface RoomOf {
	/** The name of whoever stands there, in the phone's stores. */
	readonly place: string;
	readonly person: string | null;
	readonly event: {
		readonly id: string;
		readonly title: string;
		readonly timezone: string;
		readonly scansPeopleOut: boolean;
	};
	readonly session: Session;
	/** Asked what became of this phone whenever the server does not know its keeper. */
	readonly onrefused?: () => void;
}

export type RoomStage =
	| { readonly kind: "ready" }
	| { readonly kind: "asking" }
	/** `at` is on the clock of `performance.now()`. */
	| { readonly kind: "told"; readonly told: RoomTold; readonly at: number }
	| { readonly kind: "refused"; readonly message: string };

/** What was told stands at least so long before the next code in view takes its place. Milliseconds. */
const READABLE = 800;

export class RoomScans {
	stage = $state.raw<RoomStage>({ kind: "ready" });
	/** The session with the counts last known. */
	session = $state.raw<Session>() as Session;
	/** No answer is waited for: scans are noted. */
	isOnItsOwn = $state(false);
	/** Scans that the server did not take, or that were nobody's, after the helper had been told "noted". */
	surprises = $state(0);
	readonly queue: DoorQueue;
	#of: RoomOf;
	#evidence = new Evidence();
	#ontold: (told: RoomTold) => void;
	#returning: ReturnType<typeof setTimeout> | undefined;
	#waitedFor = new Set<string>();
	#stopping = new AbortController();

	constructor(of: RoomOf, ontold: (told: RoomTold) => void) {
		this.#of = of;
		this.#ontold = ontold;
		this.session = of.session;
		const delivery = new ToRoom(of.event.id, of.session.id, authorOf(of), this.#evidence, send);
		this.queue = new DoorQueue(placeOfRoom(of.place, of.session.id), delivery, (thing, word) =>
			this.#settle(thing, word),
		);
		const { signal } = this.#stopping;
		window.addEventListener("online", () => this.queue.hurry(), { signal });
		window.addEventListener("offline", () => this.#lost(), { signal });
		void this.queue.flush();
	}

	stop(): void {
		clearTimeout(this.#returning);
		this.#stopping.abort();
		this.queue.stop();
	}

	/** Whether a code that comes into view is taken: always but while something is to be read. */
	takes(at: number): boolean {
		if (this.stage.kind === "told") return this.stage.told.tone === "go" && at - this.stage.at >= READABLE;
		return this.stage.kind === "ready";
	}

	/** Takes what was read or typed. */
	async scan(code: string, direction: Direction): Promise<void> {
		if (this.stage.kind === "asking") return;
		clearTimeout(this.#returning);
		this.stage = { kind: "asking" };
		const waits = this.#evidence.isGood && this.queue.isFreeFor({ code, of: null });
		const scan: ScanThing = {
			kind: "scan",
			key: crypto.randomUUID(),
			door: this.#of.session.id,
			code,
			direction,
			registration: null,
			walkIn: null,
			scannedAt: new Date().toISOString(),
			of: null,
			name: null,
			shown: null,
			isOwn: !waits,
		};
		await this.queue.put(scan);
		const outcome = waits ? await this.#inTime(scan.key) : null;
		if (outcome?.kind === "data") this.#tell(tellRoom((outcome.data as RoomWord).room));
		else if (outcome?.kind === "problem") this.stage = { kind: "refused", message: outcome.problem.message };
		else if (outcome?.kind === "failed" && isNotOfTheTeam(outcome.failure))
			this.stage = { kind: "refused", message: outcome.failure.message };
		else {
			if (!scan.isOwn) await this.queue.noteShown(scan.key, { shown: null, of: null, name: null });
			this.#tell(tellNoted(scan.key, direction));
			this.queue.hurry();
		}
	}

	/** Takes one back, also where the server has not heard of it yet. */
	async undo({ key, name }: RoomTold): Promise<void> {
		clearTimeout(this.#returning);
		const isSent = this.queue.waiting.every(({ value }) => value.key !== key);
		const made = { of: key, checkIn: isSent ? key : null, name, madeAt: new Date().toISOString() };
		const undo: UndoThing = { kind: "undo", key: crypto.randomUUID(), ...made };
		await this.queue.put(undo);
		this.#tell(tellRoom({ key, verdict: "UNDONE", name }));
		this.queue.hurry();
	}

	/** Back to the camera. */
	next(): void {
		clearTimeout(this.#returning);
		if (this.stage.kind !== "asking") this.stage = { kind: "ready" };
	}

	/** The answer, or null when it did not come in time. Nothing is lost by that. */
	async #inTime(key: string) {
		this.#waitedFor.add(key);
		let timer: ReturnType<typeof setTimeout> | undefined;
		const late = new Promise<null>((resolve) => {
			timer = setTimeout(() => resolve(null), PATIENCE);
		});
		const outcome = await Promise.race([this.queue.askNow(key), late]);
		clearTimeout(timer);
		this.#waitedFor.delete(key);
		if (outcome === null) this.#evidence.late();
		this.#look();
		return outcome;
	}

	async #settle(thing: Thing, word: LastWord): Promise<void> {
		this.#look();
		if (word.kind === "done") {
			const { room } = word.data as RoomWord;
			this.session = room.session;
			if (room.verdict !== "NOT_RECOGNISED") return;
		}
		const isTakenBack = this.queue.waiting.some(({ value }) => value.kind === "undo" && value.of === thing.key);
		if (!isTakenBack && !this.#waitedFor.has(thing.key)) this.surprises += 1;
	}

	#tell(told: RoomTold): void {
		this.stage = { kind: "told", told, at: performance.now() };
		this.#ontold(told);
		this.#returning = setTimeout(() => this.next(), shownInRoom(told));
	}

	#lost(): void {
		this.#evidence.failed();
		this.#look();
	}

	#look(): void {
		this.isOnItsOwn = !this.#evidence.isGood;
		const { trouble } = this.queue;
		if (trouble !== null && trouble.kind !== "not-yet") this.#of.onrefused?.();
	}
}
