// For tests: the network with a server behind it, as far as the outbox can tell. It answers every operation as done,
// unless a test says otherwise, and remembers what reached it.
import { IDBFactory } from "fake-indexeddb";
import { vi } from "vitest";
import { ReplayScans } from "../../graphql/documents.generated";
import { closeDatabase } from "../database";
import { OPERATIONS } from "./operations";
import { Outbox } from "./outbox.svelte";
import type { Clock } from "./sending";
import { byLease } from "./turns";
import type { Write } from "./waiting";

/** What the operations carry, as far as a test looks into it. Each carries some of these: a test reads those of the one it
 * sent, and finds the others undefined. */
interface Sent {
	readonly swap: string;
	readonly text: string;
	readonly key: string;
	readonly prompt: string;
	readonly state: string;
	readonly followUp: string;
	readonly scan: { readonly key: string; readonly shownPrompts: readonly string[] };
	readonly scans: readonly { readonly key: string }[];
}

export interface Reached {
	readonly name: string;
	readonly variables: Sent;
	readonly person: string | null;
}

type Answer = unknown | Response;
type Answering = (reached: Reached) => Answer | Promise<Answer>;

const NAMES = new Map(
	[...Object.values(OPERATIONS), ReplayScans].map(({ id, name }) => [id as string, name as string]),
);
const FIELDS = new Map([...Object.values(OPERATIONS), ReplayScans].map(({ name, field }) => [name as string, field]));

/** What the server answers when it is done. */
export function doneWith({ name, variables }: Reached): unknown {
	switch (name) {
		case "SwapBadges":
			return { __typename: "Swap", id: `swap of ${variables.scan.key}` };
		case "ReplayScans":
			return variables.scans.map((scan) => ({
				key: scan.key,
				result: { __typename: "Swap", id: `swap of ${scan.key}` },
			}));
		case "AddNote":
		case "NoteNeed":
			return { __typename: "Note", id: `note of ${variables.key}`, key: variables.key, text: variables.text };
		case "MarkPrompt":
			return { __typename: "Prompt", id: variables.prompt, state: variables.state };
		case "MakePromise":
		case "KeepPromise":
			return { __typename: "Promise", id: "promise" };
		case "Withdraw":
			return { __typename: "Done", message: "" };
		case "Feel":
		case "ShareBack":
		case "DeclineShare":
			return { __typename: "Swap", id: variables.swap };
		default:
			return { __typename: "FollowUp", id: variables.followUp };
	}
}

export const problem = (name: string, more: object = {}) => ({ __typename: name, message: `${name}.`, ...more });

export class StandIn {
	/** What the server was asked, in the order in which it came. */
	reached: Reached[] = [];
	isReachable = true;
	answering: Answering = doneWith;

	constructor() {
		vi.stubGlobal("fetch", (_url: string, init: RequestInit) => this.#fetch(init));
	}

	get names(): string[] {
		return this.reached.map(({ name }) => name);
	}

	/** The texts of notes and needs, as they came. */
	get texts(): string[] {
		return this.reached.flatMap(({ variables }) => variables.text ?? []);
	}

	async #fetch(init: RequestInit): Promise<Response> {
		if (!this.isReachable) throw new TypeError("no network");
		const { documentId, variables } = JSON.parse(String(init.body));
		const name = NAMES.get(documentId) ?? documentId;
		const person = new Headers(init.headers).get("handsel-person");
		const asked = { name, variables, person };
		this.reached.push(asked);
		const answer = await this.answering(asked);
		if (answer instanceof Response) return answer;
		return Response.json({ data: { [FIELDS.get(name) ?? name]: answer } });
	}
}

/** A clock that a test moves. */
export class SetClock implements Clock {
	#now = Date.parse("2027-04-22T09:00:00Z");
	#timers = new Map<() => void, number>();

	now(): number {
		return this.#now;
	}

	after(milliseconds: number, then: () => void): () => void {
		const timer = () => then();
		this.#timers.set(timer, this.#now + milliseconds);
		return () => this.#timers.delete(timer);
	}

	/** Milliseconds until the next timer; null while there is none. */
	get next(): number | null {
		const times = [...this.#timers.values()];
		return times.length === 0 ? null : Math.min(...times) - this.#now;
	}

	advance(milliseconds: number): void {
		this.#now += milliseconds;
		for (const [timer, at] of [...this.#timers]) {
			if (at > this.#now) continue;
			this.#timers.delete(timer);
			timer();
		}
	}
}

const tabs: Outbox[] = [];

/** One tab of the app. Node has no locks of the browser's kind: turns are taken by the database. */
export async function openTab(clock: Clock, person: string | null = "ana"): Promise<Outbox> {
	const name = `tab-${tabs.length}`;
	const outbox = new Outbox({ takeTurn: (thing, work) => byLease(thing, work, name), clock });
	tabs.push(outbox);
	await outbox.open(person);
	return outbox;
}

/** Ends what an earlier test began. */
export function closeTabs(): void {
	for (const tab of tabs.splice(0)) tab.close();
}

/** An empty phone with no tab open, a server that answers and a clock that stands: what each test begins with. */
export async function emptyPhone(): Promise<{ readonly server: StandIn; readonly clock: SetClock }> {
	closeTabs();
	await closeDatabase();
	vi.stubGlobal("indexedDB", new IDBFactory());
	return { server: new StandIn(), clock: new SetClock() };
}

export const note = (text: string, swap = "s", key = `key of ${text}`): Write => ({
	operation: "AddNote",
	variables: { swap, text, key },
	thing: swap,
	key,
});

export const mark = (prompt: string, state: "ASKED" | "SKIPPED", swap = "s"): Write => ({
	operation: "MarkPrompt",
	variables: { prompt, state },
	thing: swap,
	slot: `mark ${prompt}`,
});

export const scan = (key: string, event = "e") => ({
	event,
	badge: `badge ${key}`,
	key,
	scannedAt: "2027-04-22T09:00:00Z",
});

/** The texts of what waits, in its order. */
export const textsIn = (outbox: Outbox) =>
	outbox.contents.waiting.map(({ variables }) => ("text" in variables ? variables.text : null));
