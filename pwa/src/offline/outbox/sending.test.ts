import { expect, test, vi } from "vitest";
import type { Send } from "../../graphql/client";
import { type Clock, type Queue, Sender } from "./sending";
import type { Waiting } from "./waiting";

/** Time goes on whenever it is looked at, and timers ring a millisecond early, as a browser's now and then do. */
class HastyClock implements Clock {
	#now = 0;
	#timers = new Map<() => void, number>();

	now(): number {
		this.#now += 1;
		return this.#now;
	}

	after(milliseconds: number, then: () => void): () => void {
		const timer = () => then();
		this.#timers.set(timer, this.#now + milliseconds);
		return () => this.#timers.delete(timer);
	}

	/** Rings the first timer; false where there is none. */
	ring(): boolean {
		const [first] = [...this.#timers].sort(([, a], [, b]) => a - b);
		if (first === undefined) return false;
		const [timer, at] = first;
		this.#timers.delete(timer);
		this.#now = Math.max(this.#now, at - 2);
		timer();
		return true;
	}
}

const NOTE: Waiting = {
	operation: "AddNote",
	variables: { swap: "s", text: "Likes tea", key: "k" },
	place: 1,
	person: "ana",
	key: "k",
	thing: "s",
	slot: null,
	event: null,
	madeAt: "2027-04-22T09:00:00Z",
	refusal: null,
};

test("what comes due in the moment of looking is sent, not forgotten", async () => {
	const waiting = [NOTE];
	const clock = new HastyClock();
	let tries = 0;
	const send = (async () => {
		tries += 1;
		return tries < 3 ? { kind: "offline", retryAfter: null } : { kind: "data", data: {} };
	}) as unknown as Send;
	const queue: Queue = {
		person: "ana",
		waiting: () => waiting,
		nameOf: (thing) => thing,
		find: async (item) => item,
		settle: async () => {
			waiting.length = 0;
		},
		delayed: () => undefined,
	};

	new Sender(queue, send, (_, work) => work(), clock).wake();

	await vi.waitFor(() => {
		if (waiting.length > 0) clock.ring();
		expect(waiting).toEqual([]);
	});
	expect(tries).toBe(3);
});
