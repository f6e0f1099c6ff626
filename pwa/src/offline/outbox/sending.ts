// Sends what waits, in order for each thing and no thing held up by another; several scans go in one request. It learns
// what there is from its `Queue` and tells it what came of each; it shows nothing and keeps nothing itself.
import { read } from "../../graphql/answer";
import type { Send } from "../../graphql/client";
import { ReplayScans, SwapBadges } from "../../graphql/documents.generated";
import type { AnyTrusted } from "../../graphql/trusted";
import { Backoff } from "./backoff";
import { OPERATIONS } from "./operations";
import type { TakeTurn } from "./turns";
import { type Verdict, verdictOn } from "./verdict";
import type { Waiting } from "./waiting";

export type Scan = Extract<Waiting, { operation: "SwapBadges" }>;

/** The server's last word on a thing, told to whoever shows it. */
export interface Settled {
	readonly item: Waiting;
	readonly verdict: Extract<Verdict, { kind: "done" | "refused" }>;
}

export interface Queue {
	readonly person: string;
	/** What may be sent, in the order in which it was written. */
	waiting(): readonly Waiting[];
	/** One name for each thing, however an item calls it. */
	nameOf(thing: string): string;
	/** Whether it still waits, as far as any tab knows; in the words in which it is to be sent. */
	find(item: Waiting): Promise<Waiting | null>;
	/** Takes it out of the outbox, once everybody who shows it has heard. */
	settle(settled: Settled): Promise<void>;
	/** A try brought nothing; it stays. */
	delayed(item: Waiting, verdict: Verdict): void;
}

export interface Clock {
	now(): number;
	/** Calls `then` after so many milliseconds; answers how to call it off. */
	after(milliseconds: number, then: () => void): () => void;
}

export const realClock: Clock = {
	now: () => Date.now(),
	after(milliseconds, then) {
		const timer = setTimeout(then, milliseconds);
		return () => clearTimeout(timer);
	},
};

/** How many requests of the outbox are under way at once, scans apart. */
const MOST_AT_ONCE = 4;
/** How many scans go in one request; each brings its whole conversation back. */
const MOST_SCANS = 25;
/** How many scans are under way at once; a new one does not wait for them. */
const MOST_SCANS_AT_ONCE = 2 * MOST_SCANS;
/** Milliseconds for such a request: it does the work of many. */
const SCANS_DEADLINE = 30_000;
/** Milliseconds for which a refusal that is only for now is hoped to pass: a week, by when every door has synced. */
const LONGEST_HOPE = 7 * 24 * 60 * 60_000;

export class Sender {
	#queue: Queue;
	#send: Send;
	#takeTurn: TakeTurn;
	#clock: Clock;
	#network = new Backoff();
	/** Things that the server could not take, by name: the others need not wait for them. */
	#held = new Map<string, Backoff>();
	/** Things that are being sent, by name, with their end. */
	#underWay = new Map<string, Promise<void>>();
	/** How many of them are things other than scans. */
	#turns = 0;
	/** Scans under way, by place: their names change when they are answered. */
	#scansUnderWay = new Set<number>();
	/** Scans that once brought down the request they were in, by place. */
	#alone = new Set<number>();
	#callOff: (() => void) | null = null;
	#isStopped = false;

	constructor(queue: Queue, send: Send, takeTurn: TakeTurn, clock: Clock = realClock) {
		this.#queue = queue;
		this.#send = send;
		this.#takeTurn = takeTurn;
		this.#clock = clock;
	}

	/** Sends what is due. What was just written is tried whatever the network did last. */
	wake(justWritten?: Waiting): void {
		if (this.#isStopped) return;
		// One moment for all that follows: what comes due while this looks would otherwise be neither sent nor waited for.
		const now = this.#clock.now();
		const fresh = justWritten === undefined ? null : this.#queue.nameOf(justWritten.thing);
		const isDue = (item: Waiting) => {
			const name = this.#queue.nameOf(item.thing);
			if (this.#scansUnderWay.has(item.place) || this.#underWay.has(name)) return false;
			if (this.#held.get(name)?.isDue(now) === false) return false;
			return this.#network.isDue(now) || (name === fresh && this.#network.isGuessed);
		};
		const heads = [...firstOfEach(this.#queue.waiting(), (item) => this.#queue.nameOf(item.thing))].filter(isDue);
		const isFresh = (item: Waiting) => this.#queue.nameOf(item.thing) === fresh;
		const goesAlone = (scan: Scan) => this.#alone.has(scan.place) || isFresh(scan);
		for (const scans of inRequests(heads.filter(isScan), goesAlone)) {
			if (this.#scansUnderWay.size >= MOST_SCANS_AT_ONCE && !scans.some(isFresh)) continue;
			this.#start(scans, () => this.#sendScans(scans));
		}
		for (const item of heads.filter((each) => !isScan(each))) {
			if (this.#turns >= MOST_AT_ONCE && !isFresh(item)) continue;
			this.#turns += 1;
			this.#start([item], () => this.#sendThing(this.#queue.nameOf(item.thing)).finally(() => this.#ended()));
		}
		this.#setTimer(now);
	}

	/** The person or the network is back: everything is due, except where the server asked for time. */
	hurry(): void {
		this.#network.hurry();
		for (const held of this.#held.values()) held.hurry();
		this.wake();
	}

	/** Hurries, and resolves when nothing is under way any more: all is sent, or the rest cannot be at the moment. */
	async flush(): Promise<void> {
		const before = [...this.#underWay.values()];
		this.hurry();
		await Promise.all(before);
		// What was under way before may have failed for what was the matter then.
		if (before.length > 0) this.hurry();
		while (this.#underWay.size > 0) await Promise.all(this.#underWay.values());
	}

	/** Sends nothing more. What is under way ends as it ends. */
	stop(): void {
		this.#isStopped = true;
		this.#callOff?.();
	}

	#ended(): void {
		this.#turns -= 1;
	}

	#start(items: readonly Waiting[], work: () => Promise<void>): void {
		const names = items.map((item) => this.#queue.nameOf(item.thing));
		const scans = items.filter(isScan).map(({ place }) => place);
		for (const place of scans) this.#scansUnderWay.add(place);
		const done = work()
			// The phone's own database gave way. What was sent carries its key and may be sent again, later.
			.catch(() => {
				for (const name of names) this.#hold(name, null);
			})
			.finally(() => {
				for (const name of names) this.#underWay.delete(name);
				for (const place of scans) this.#scansUnderWay.delete(place);
				this.wake();
			});
		for (const name of names) this.#underWay.set(name, done);
	}

	/** One thing's items, one after the other, while no other tab sends them. A scan among them ends the turn. */
	#sendThing(name: string): Promise<void> {
		return this.#takeTurn(`handsel:outbox ${this.#queue.person} ${name}`, async () => {
			for (;;) {
				const item = this.#queue.waiting().find((each) => this.#queue.nameOf(each.thing) === name);
				if (item === undefined || isScan(item) || this.#isStopped) return;
				const current = await this.#queue.find(item);
				if (current === null) continue;
				const verdict = verdictOn(await this.#post(current));
				await this.#conclude(current, verdict);
				if (verdict.kind !== "done" && verdict.kind !== "refused") return;
			}
		});
	}

	/** Scans need no turn: sent twice, from two tabs or in any order, they come to the same. */
	async #sendScans(scans: readonly Scan[]): Promise<void> {
		const [first, ...more] = scans;
		if (first === undefined) return;
		if (more.length === 0) {
			await this.#conclude(first, verdictOn(await this.#post(first)));
			return;
		}
		const outcome = await this.#send(
			ReplayScans,
			{ event: first.variables.event, scans: scans.map((each) => this.#asSent(each)) },
			{ deadline: SCANS_DEADLINE, person: this.#queue.person },
		);
		for (const [index, scan] of scans.entries()) {
			const answer = outcome.kind === "data" ? outcome.data[index] : undefined;
			const own = answer === undefined ? outcome : read(SwapBadges, { data: { swapBadges: answer.result } });
			await this.#conclude(scan, verdictOn(own));
		}
	}

	#post(item: Waiting) {
		const document: AnyTrusted = OPERATIONS[item.operation];
		const variables = isScan(item) ? { event: item.variables.event, scan: this.#asSent(item) } : item.variables;
		return this.#send(document, variables as never, { person: this.#queue.person });
	}

	/** The phone's time at sending tells the server how wrong its clock is. */
	#asSent({ variables: { scan } }: Scan): Scan["variables"]["scan"] {
		return { ...scan, sentAt: new Date(this.#clock.now()).toISOString() };
	}

	async #conclude(item: Waiting, told: Verdict): Promise<void> {
		const verdict = this.#isHopeless(item) ? withoutHope(told) : told;
		const name = this.#queue.nameOf(item.thing);
		switch (verdict.kind) {
			case "done":
			case "refused":
				this.#network.succeeded();
				this.#held.delete(name);
				await this.#queue.settle({ item, verdict });
				return;
			case "unreachable":
				this.#network.failed(this.#clock.now(), verdict.after);
				break;
			case "not-yet":
				this.#hold(name, verdict.after);
				if (verdict.problem === null) this.#alone.add(item.place);
				break;
			case "parked":
				this.stop();
		}
		this.#queue.delayed(item, verdict);
	}

	#hold(name: string, after: number | null): void {
		const held = this.#held.get(name) ?? new Backoff();
		held.failed(this.#clock.now(), after);
		this.#held.set(name, held);
	}

	#isHopeless(item: Waiting): boolean {
		return this.#clock.now() - Date.parse(item.madeAt) > LONGEST_HOPE;
	}

	/** Wakes when the first of those comes due that were not due at `now`. */
	#setTimer(now: number): void {
		this.#callOff?.();
		this.#callOff = null;
		if (this.#isStopped || this.#queue.waiting().length === 0) return;
		const names = new Set(this.#queue.waiting().map((item) => this.#queue.nameOf(item.thing)));
		const times = [...names]
			.filter((name) => !this.#underWay.has(name))
			.map((name) => Math.max(this.#network.until, this.#held.get(name)?.until ?? 0))
			.filter((time) => time > now);
		if (times.length > 0) this.#callOff = this.#clock.after(Math.min(...times) - now, () => this.wake());
	}
}

/** What was refused for now is refused. */
function withoutHope(verdict: Verdict): Verdict {
	const isOver = verdict.kind === "not-yet" && verdict.problem !== null;
	return isOver ? { kind: "refused", problem: verdict.problem } : verdict;
}

const isScan = (item: Waiting): item is Scan => item.operation === "SwapBadges";

function* firstOfEach(items: readonly Waiting[], nameOf: (item: Waiting) => string): Generator<Waiting> {
	const seen = new Set<string>();
	for (const item of items) {
		const name = nameOf(item);
		if (!seen.has(name)) yield item;
		seen.add(name);
	}
}

/** Scans of one event together, as many as go in a request; one that failed before goes alone, to harm no other. */
function inRequests(scans: readonly Scan[], goesAlone: (scan: Scan) => boolean): Scan[][] {
	const requests: Scan[][] = scans.filter(goesAlone).map((scan) => [scan]);
	const together = scans.filter((scan) => !goesAlone(scan));
	for (const event of new Set(together.map((scan) => scan.variables.event))) {
		const ofEvent = together.filter((scan) => scan.variables.event === event);
		for (let at = 0; at < ofEvent.length; at += MOST_SCANS) requests.push(ofEvent.slice(at, at + MOST_SCANS));
	}
	return requests;
}
