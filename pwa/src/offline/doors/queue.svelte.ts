// A door's queue: each scan is kept here, sealed, before anything else is done with it, and leaves only with the server's
// word. It is sent in order, with the same keys however often; it judges nobody and shows nothing.
import type { Outcome } from "../../graphql/outcome";
import { Backoff } from "../outbox/backoff";
import { NoRoom } from "../outbox/keeping";
import { takeTurn } from "../outbox/turns";
import { type Verdict, verdictOn } from "../outbox/verdict";
import type { Delivery } from "./delivering";
import { QUEUE } from "./places";
import { type Lined, openLine, type SealedLine } from "./sealed-line";
import { MOST_AT_ONCE, nextToSend, type ScanThing, type Thing, type UndoThing } from "./things";

/** The server's last word on a thing. */
export type LastWord = Extract<Verdict, { kind: "done" | "refused" }>;
export type Settle = (thing: Thing, word: LastWord) => Promise<void>;

/** Milliseconds between two tries while nothing gets through: people stand there. */
const LONGEST_WAIT = 10_000;
/** Verdicts on scans that can be taken back. */
const COUNTED: readonly unknown[] = ["ADMITTED", "ALREADY_IN", "CHECKED_OUT"];

export class DoorQueue {
	static #open = new Set<DoorQueue>();
	/** What the server has no word on yet, in order. */
	waiting = $state.raw<readonly Lined<Thing>[]>([]);
	/** False while what is put in lives in this page alone: the phone is full, or keeps nothing. */
	isDurable = $state(true);
	/** What the last try came to; null while nothing is the matter. */
	trouble = $state.raw<Exclude<Verdict, LastWord> | null>(null);
	readonly ready: Promise<void>;
	#place: string;
	#delivery: Delivery;
	#settle: Settle;
	#line: SealedLine<Thing> | null = null;
	/** Being asked about by a helper who waits, by their keys. */
	#busy = new Set<string>();
	/** The server's ids of scans that it counted, by their keys: what takes one back may have been on its way to the disk. */
	#counted = new Map<string, string>();
	/** Given a rest, because the server fails at them alone. */
	#held = new Set<string>();
	#most = MOST_AT_ONCE;
	#backoff = new Backoff(Math.random, LONGEST_WAIT);
	#timer: ReturnType<typeof setTimeout> | undefined;
	#draining: Promise<void> | null = null;
	#isStopped = false;
	#spilled = 0;
	#tabs = typeof BroadcastChannel === "function" ? new BroadcastChannel("handsel:doors") : null;

	constructor(place: string, delivery: Delivery, settle: Settle) {
		this.#place = place;
		this.#delivery = delivery;
		this.#settle = settle;
		DoorQueue.#open.add(this);
		this.ready = this.#read();
		if (this.#tabs) {
			this.#tabs.onmessage = ({ data }) => {
				if (data === place) void this.#reload();
			};
		}
	}

	/** Whether this page sends what waits there already. */
	static isOpenAt(place: string): boolean {
		return [...DoorQueue.#open].some((each) => each.#place === place);
	}

	/** Keeps these, all or none, and resolves once they are safe. They are sent when they can be. */
	async put(...things: readonly Thing[]): Promise<void> {
		await this.ready;
		const plain = $state.snapshot(things) as Thing[];
		try {
			this.#joined(await (this.#line as SealedLine<Thing>).add(...plain));
		} catch (error) {
			if (!(error instanceof NoRoom)) throw error;
			// The people are there all the same: what the phone has no room for waits in the page, and the helper is told.
			this.isDurable = false;
			const spilled = this.#spilled;
			this.#spilled += plain.length;
			this.#joined(plain.map((value, index) => ({ order: -1 - spilled - index, value })));
		}
	}

	/** Sends one thing ahead of the others, for a helper who waits for its answer. */
	async askNow(key: string): Promise<Outcome<unknown>> {
		const lined = this.#find(key);
		if (lined === null) return { kind: "offline" };
		this.#busy.add(key);
		try {
			const outcome = await this.#delivery.one(lined.value);
			await this.#conclude(this.#find(key) ?? lined, outcome);
			return outcome;
		} finally {
			this.#busy.delete(key);
			this.hurry();
		}
	}

	/** Whether a new scan may be judged out of turn: nothing waits that its answer could hang on. */
	isFreeFor({ code, of }: Pick<ScanThing, "code" | "of">): boolean {
		return this.waiting.every(({ value }) => {
			if (value.kind !== "scan") return false;
			return of === null || value.of === null ? value.code !== code : value.of !== of;
		});
	}

	/** The helper was told something without the server: it goes with the scan when that is sent. */
	async noteShown(key: string, changes: Pick<ScanThing, "shown" | "of" | "name">): Promise<void> {
		const lined = this.#find(key);
		if (lined?.value.kind === "scan")
			await this.#change({ ...lined, value: { ...lined.value, ...changes, isOwn: true } });
	}

	/** A walk-in went in without the server's word: their place is made also where every one is taken. */
	async noteLetIn(key: string): Promise<void> {
		const lined = this.#find(key);
		if (lined?.value.kind === "walk-in") await this.#change({ ...lined, value: { ...lined.value, isLetIn: true } });
	}

	/** Something new may be sent, or the network may be back. */
	hurry(): void {
		this.#backoff.hurry();
		this.#held.clear();
		void this.flush();
	}

	/** Sends what can be sent; resolves when all is, or the rest cannot be at the moment. */
	async flush(): Promise<void> {
		await this.ready;
		clearTimeout(this.#timer);
		if (this.#isStopped || this.waiting.length === 0 || !this.#backoff.isDue(Date.now())) return this.#later();
		this.#draining ??= takeTurn(`handsel:doors ${this.#place}`, () => this.#drain()).finally(() => {
			this.#draining = null;
		});
		await this.#draining;
		this.#later();
	}

	/** Sends nothing more. What waits stays on the phone. */
	stop(): void {
		this.#isStopped = true;
		DoorQueue.#open.delete(this);
		clearTimeout(this.#timer);
		this.#tabs?.close();
		// An answer may still be on its way; there is nobody left to tell of it.
		this.#tabs = null;
	}

	async #read(): Promise<void> {
		this.#line = await openLine<Thing>(this.#place, QUEUE);
		this.isDurable = this.#line.isDurable;
		this.waiting = await this.#line.read();
	}

	async #reload(): Promise<void> {
		await this.ready;
		const inThisPage = this.waiting.filter(({ order }) => order < 0);
		const read = (await this.#line?.read()) ?? [];
		this.waiting = [...read, ...inThisPage];
	}

	async #drain(): Promise<void> {
		while (!this.#isStopped) {
			const batch = nextToSend(this.waiting, new Set([...this.#busy, ...this.#held]), this.#most);
			if (batch.length === 0) return;
			const outcomes = await this.#delivery.all(batch.map(({ value }) => value));
			let isThrough = true;
			for (const [index, lined] of batch.entries()) {
				const outcome = outcomes[index] ?? { kind: "offline" };
				const current = this.#find(lined.value.key);
				if (current !== null) isThrough = (await this.#conclude(current, outcome)) && isThrough;
			}
			if (isThrough) this.#most = MOST_AT_ONCE;
			else if (this.trouble?.kind === "not-yet" && batch.length > 1) this.#most = 1;
			else if (this.trouble?.kind === "not-yet") this.#held.add(batch[0]?.value.key ?? "");
			else return;
		}
	}

	/** Whether that was the server's last word. */
	async #conclude(lined: Lined<Thing>, outcome: Outcome<unknown>): Promise<boolean> {
		const word = verdictOn(outcome);
		if (word.kind !== "done" && word.kind !== "refused") {
			this.trouble = word;
			this.#backoff.failed(Date.now(), "after" in word ? word.after : null);
			return false;
		}
		this.trouble = null;
		this.#backoff.succeeded();
		await this.#settle(lined.value, word);
		const ended = [lined, ...(await this.#passOn(lined.value, word))];
		await this.#line?.remove(ended);
		const orders = new Set(ended.map(({ order }) => order));
		this.waiting = this.waiting.filter(({ order }) => !orders.has(order));
		this.#tell();
		return true;
	}

	/** What hangs on it learns its id, the letting in of a walk-in and the undoing of a scan; what hangs on something refused
	 * ends with it and is answered. */
	async #passOn(thing: Thing, word: LastWord): Promise<Lined<Thing>[]> {
		if (thing.kind === "undo") return [];
		const hanging = this.waiting.filter(({ value }) => value.kind !== "walk-in" && hangsOn(value, thing));
		if (thing.kind === "walk-in" && word.kind === "done") {
			const { registration } = word.data as { registration: string };
			for (const each of hanging) {
				if (each.value.kind === "scan")
					await this.#change({ ...each, value: { ...each.value, registration, walkIn: null } });
			}
			return [];
		}
		if (thing.kind === "walk-in") {
			const keys = new Set(hanging.map(({ value }) => value.key));
			return [...hanging, ...this.waiting.filter(({ value }) => value.kind === "undo" && keys.has(value.of))];
		}
		const told = word.kind === "done" ? (word.data as { id: string; verdict: string }) : null;
		if (told === null || !COUNTED.includes(told.verdict)) return hanging;
		this.#counted.set(thing.key, told.id);
		for (const each of hanging) {
			if (each.value.kind === "undo") await this.#change({ ...each, value: { ...each.value, checkIn: told.id } });
		}
		return [];
	}

	async #change(lined: Lined<Thing>): Promise<void> {
		this.waiting = this.waiting.map((each) => (each.order === lined.order ? lined : each));
		try {
			await this.#line?.change(lined);
		} catch (error) {
			if (!(error instanceof NoRoom)) throw error;
			this.isDurable = false;
		}
	}

	#joined(lined: readonly Lined<Thing>[]): void {
		this.waiting = [...this.waiting, ...lined.map((each) => this.#withId(each))];
		this.#tell();
	}

	/** The scan that an undo takes back may have been answered while the undo was put on the disk. */
	#withId(lined: Lined<Thing>): Lined<Thing> {
		const { value } = lined;
		if (value.kind !== "undo" || value.checkIn !== null) return lined;
		return { ...lined, value: { ...value, checkIn: this.#counted.get(value.of) ?? null } };
	}

	#find(key: string): Lined<Thing> | null {
		return this.waiting.find(({ value }) => value.key === key) ?? null;
	}

	#later(): void {
		clearTimeout(this.#timer);
		const isAllAsked = this.waiting.every(({ value }) => this.#busy.has(value.key));
		if (this.#isStopped || isAllAsked) return;
		const wait = Math.max(this.#backoff.until - Date.now(), this.#held.size > 0 ? LONGEST_WAIT : 250);
		this.#timer = setTimeout(() => {
			this.#held.clear();
			void this.flush();
		}, wait);
	}

	#tell(): void {
		this.#tabs?.postMessage(this.#place);
	}
}

const hangsOn = (value: ScanThing | UndoThing, thing: Thing): boolean =>
	value.kind === "undo" ? value.of === thing.key : value.walkIn === thing.key;
