// The outbox: everything that is written goes through it. What is put in is kept on the phone, shown at once, and sent
// when it can be; what the server does not take stays here in words until the person has read it.
import { SvelteMap } from "svelte/reactivity";
import type { Send } from "../../graphql/client";
import { send } from "../../graphql/server";
import { Contents } from "./contents.svelte";
import { type Keeping, NoRoom, openKeeping, type Unplaced } from "./keeping";
import { Lateness } from "./lateness.svelte";
import type { Put } from "./not-kept";
import { endsQuietly, withWords } from "./operations";
import { answerTo, type ScanAnswer, type ScanToKeep, swapMadeBy, withShown, writeOf } from "./scans";
import { type Clock, type Queue, realClock, Sender, type Settled } from "./sending";
import { joinTabs, type Message, type Tabs } from "./tabs";
import { type TakeTurn, takeTurn } from "./turns";
import type { Verdict } from "./verdict";
import type { Waiting, Write } from "./waiting";

/** Hears what came of a thing, in every tab, before it leaves the outbox; what it returns is waited for. */
type Listener = (settled: Settled) => void | Promise<void>;
type DelayListener = (item: Waiting, verdict: Verdict) => void;

interface Parts {
	readonly send: Send;
	readonly takeTurn: TakeTurn;
	readonly clock: Clock;
}

export class Outbox {
	/** Whose outbox is open; null while nobody is signed in. */
	person = $state<string | null>(null);
	/** False where the browser keeps nothing: what waits is then lost with the page. */
	isDurable = $state(true);
	readonly contents = new Contents();
	#lateness = new Lateness(this.contents);
	/** What the last try of an item came to, by its key. */
	#delays = new SvelteMap<string, Verdict>();
	#parts: Parts;
	#keeping: Promise<Keeping> | null = null;
	#ready: Promise<void> = Promise.resolve();
	#sender: Sender | null = null;
	#tabs: Tabs;
	#listeners = new Set<Listener>();
	#delayListeners = new Set<DelayListener>();

	constructor(parts: Partial<Parts> = {}) {
		this.#parts = { send, takeTurn, clock: realClock, ...parts };
		this.#tabs = joinTabs((message) => void this.#hear(message));
	}

	/** Something waits for longer than sending takes. */
	get isLate(): boolean {
		return this.#lateness.isLate;
	}

	/** Resolves once what waits is known. */
	get ready(): Promise<void> {
		return this.#ready;
	}

	/** Opens the outbox of whoever is signed in now, and sends what waits in it. With null everything is parked. */
	open(person: string | null): Promise<void> {
		if (person === this.person) return this.#ready;
		this.#sender?.stop();
		this.#sender = null;
		this.person = person;
		this.contents.show([], new Map());
		this.#lateness.lookAgain();
		this.#ready = person === null ? Promise.resolve() : this.#begin(person);
		return this.#ready;
	}

	/** Sends when the person or the network is back, until the answered function is called. */
	start(): () => void {
		const onVisible = () => {
			if (document.visibilityState !== "visible") return;
			void this.#reload();
			this.#sender?.hurry();
		};
		const onOnline = () => this.#sender?.hurry();
		document.addEventListener("visibilitychange", onVisible);
		window.addEventListener("online", onOnline);
		return () => {
			document.removeEventListener("visibilitychange", onVisible);
			window.removeEventListener("online", onOnline);
		};
	}

	/** Sends and hears nothing more. */
	close(): void {
		this.#sender?.stop();
		this.#tabs.close();
	}

	/** Writes something. It shows at once; it is sent when it can be. */
	async put(write: Write): Promise<Put> {
		await this.#ready;
		const person = this.person;
		if (person === null) return "signed-out";
		const { key = crypto.randomUUID(), slot = null, event = null, madeAt = new Date().toISOString() } = write;
		// What comes from a screen may be a proxy, which no database takes.
		const unplaced = { ...$state.snapshot(write), key, slot, event, madeAt, person, refusal: null } as Unplaced;
		try {
			const item = await (await this.#kept()).add(unplaced);
			if (this.person !== person) return "kept";
			this.contents.add(item);
			this.#sender?.wake(item);
			this.#tabs.tell({ kind: "changed", person });
			this.#lateness.look();
			return "kept";
		} catch (error) {
			if (error instanceof NoRoom) return "no-room";
			throw error;
		}
	}

	/** Keeps a scan; resolves once it is safe. What comes of it is told to `onAnswered` and `onDelayed`. */
	addScan(scan: ScanToKeep): Promise<Put> {
		return this.put(writeOf(scan));
	}

	/** These prompts were shown as well. It goes with the scan while that is not sent; afterwards it changes nothing. */
	async showPrompts(scanKey: string, libraryKeys: readonly string[]): Promise<void> {
		const scan = this.contents.scans.find(({ key }) => key === scanKey);
		if (scan) await this.#change(withShown(scan, libraryKeys));
	}

	/** Calls `listener` with the server's last word on each thing, until the answered function is called. */
	onSettled(listener: Listener): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** Hears of every try that brought nothing. */
	onDelayed(listener: DelayListener): () => void {
		this.#delayListeners.add(listener);
		return () => this.#delayListeners.delete(listener);
	}

	/** For scans: `answered` hears a scan's key with the swap that it made, or with the problem. */
	onAnswered(answered: (key: string, answer: ScanAnswer) => void): () => void {
		return this.onSettled((settled) => {
			const answer = answerTo(settled);
			if (answer !== null) answered(settled.item.key, answer);
		});
	}

	/** Whether the thing with this key has not been sent yet. */
	isWaiting(key: string): boolean {
		return this.contents.waiting.some((item) => item.key === key);
	}

	/** Why the last try of it brought nothing; null before the first. */
	lastTry(key: string): Verdict | null {
		return this.#delays.get(key) ?? null;
	}

	/** Tries everything now. Resolves when nothing is under way: all is sent, or the rest cannot be at the moment. */
	async flush(): Promise<void> {
		await this.#ready;
		await this.#sender?.flush();
	}

	/** Sends a refused thing again, with other words where it has any. */
	async resend(item: Waiting, words?: string): Promise<Put> {
		const corrected = words === undefined ? item : ({ ...item, ...withWords(item, words) } as Waiting);
		const put = await this.#change({ ...corrected, refusal: null });
		if (put === "kept") this.#sender?.hurry();
		return put;
	}

	/** The person lets it go: it is not sent. */
	async letGo(item: Waiting): Promise<void> {
		await (await this.#kept()).remove([item]);
		this.#forgetItem(item);
		this.#tabs.tell({ kind: "changed", person: item.person });
	}

	/** Nothing of this person stays on the phone. */
	async forget(person: string): Promise<void> {
		if (this.person === person) await this.open(null);
		await (await this.#kept()).forget(person);
		this.#tabs.tell({ kind: "changed", person });
	}

	#kept(): Promise<Keeping> {
		this.#keeping ??= openKeeping();
		return this.#keeping;
	}

	async #begin(person: string): Promise<void> {
		const keeping = await this.#kept();
		const { items, swaps } = await keeping.read(person);
		if (this.person !== person) return;
		this.isDurable = keeping.isDurable;
		this.contents.show(items, swaps);
		const queue: Queue = {
			person,
			waiting: () => this.contents.waiting,
			nameOf: (thing) => this.contents.nameOf(thing),
			find: (item) => this.#find(item),
			settle: (settled) => this.#settle(settled),
			delayed: (item, verdict) => this.#delayed(item, verdict),
		};
		this.#sender = new Sender(queue, this.#parts.send, this.#parts.takeTurn, this.#parts.clock);
		this.#sender.hurry();
	}

	async #reload(): Promise<void> {
		const person = this.person;
		if (person === null) return;
		const keeping = await this.#kept();
		let before: number;
		let read: Awaited<ReturnType<Keeping["read"]>>;
		do {
			before = this.contents.changes;
			read = await keeping.read(person);
		} while (before !== this.contents.changes); // what changed here meanwhile may not be in it
		if (this.person !== person) return;
		this.contents.show(read.items, read.swaps);
		this.#lateness.lookAgain();
		this.#lateness.look();
	}

	async #hear(message: Message): Promise<void> {
		if (message.person !== this.person) return;
		if (message.kind === "settled") await this.#tellListeners(message.settled);
		await this.#reload();
	}

	async #find(item: Waiting): Promise<Waiting | null> {
		const found = await (await this.#kept()).find(item.place);
		if (found !== null && found.refusal === null) return found;
		this.#forgetItem(item);
		return null;
	}

	async #settle(settled: Settled): Promise<void> {
		const { item, verdict } = settled;
		if (verdict.kind === "refused" && !endsQuietly(item, verdict.problem)) {
			const same = item.operation === "SwapBadges" ? this.contents.about(item.thing) : [item];
			for (const each of same) {
				const refused = { ...each, refusal: verdict.problem };
				// Without room for the reason the thing is kept as it was, and not tried again while the app is open.
				if ((await this.#change(refused)) === "no-room") this.contents.change(refused);
			}
			await this.#tellListeners(settled);
		} else {
			await this.#tellListeners(settled);
			await (await this.#kept()).remove([item], swapMadeBy(settled) ?? undefined);
			this.#forgetItem(item);
		}
		this.#tabs.tell({ kind: "settled", person: item.person, settled });
	}

	async #tellListeners(settled: Settled): Promise<void> {
		// Answered after its person has left: nothing of it may show to whoever is here now.
		if (settled.item.person !== this.person) return;
		const swap = swapMadeBy(settled);
		if (swap !== null) this.contents.name(settled.item.key, swap);
		const told = [...this.#listeners].map(async (listener) => listener(settled));
		// A screen that trips over an answer must not keep the thing from leaving, or it would be sent for ever.
		await Promise.all(told).catch((error) => setTimeout(() => Promise.reject(error)));
	}

	#delayed(item: Waiting, verdict: Verdict): void {
		if (item.person !== this.person) return;
		this.#delays.set(item.key, verdict);
		this.#lateness.notice();
		for (const listener of this.#delayListeners) listener(item, verdict);
	}

	async #change(item: Waiting): Promise<Put> {
		try {
			await (await this.#kept()).change(item);
		} catch (error) {
			if (error instanceof NoRoom) return "no-room";
			throw error;
		}
		this.contents.change(item);
		this.#lateness.lookAgain();
		this.#tabs.tell({ kind: "changed", person: item.person });
		return "kept";
	}

	#forgetItem(item: Waiting): void {
		this.#delays.delete(item.key);
		this.contents.remove(item);
		this.#lateness.lookAgain();
	}
}

export const outbox = new Outbox();
