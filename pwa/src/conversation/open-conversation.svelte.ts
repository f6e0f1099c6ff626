// One conversation as this phone knows it: what the server last said, with what was just tapped laid over it.
// Words that were written are sent before they count as kept; taps on prompts show at once and are sent when they can be.
import { SvelteMap } from "svelte/reactivity";
import {
	AddNote,
	Conversation,
	DeclineShare,
	Feel,
	MakePromise,
	MarkPrompt,
	NoteNeed,
	ShareBack,
	Withdraw,
} from "../graphql/documents.generated";
import type { Outcome, Trouble } from "../graphql/outcome";
import { send } from "../graphql/server";
import type { Data, Variables } from "../graphql/trusted";
import { currentPerson } from "../offline/person";
import { Remembered } from "../offline/remembered.svelte";
import { arrivals } from "../swaps/arrivals.svelte";

export type ConversationSwap = NonNullable<Data<typeof Conversation>["swap"]>;
export type Prompt = ConversationSwap["agenda"]["prompts"][number];
export type PromptState = Prompt["state"];
export type Feeling = ConversationSwap["feelings"][number];
export type PromiseKind = ConversationSwap["promises"][number]["kind"];
export type ContactField = Variables<typeof ShareBack>["fields"][number];

/** What `promise` takes: a `key` made once per promise, and the day in the event's zone as YYYY-MM-DD. */
export interface PromiseInput {
	readonly kind: PromiseKind;
	readonly text: string;
	readonly dueOn: string | null;
	readonly key: string;
}

export class OpenConversation {
	readonly id: string;
	/** Why a tap could not be noted for good; the prompt is then as it was. */
	markTrouble = $state.raw<Trouble | null>(null);
	#answer: Remembered<typeof Conversation>;
	/** Prompts as tapped here, until the server has them too. */
	#marks = new SvelteMap<string, PromptState>();
	#isSendingMarks = false;
	#isJustHeld = false;

	constructor(id: string) {
		this.id = id;
		this.#answer = new Remembered(Conversation, { swap: id });
	}

	/** Null while unknown, and when it is over: not mine, or withdrawn by either side. */
	get swap(): ConversationSwap | null {
		return this.#answer.data?.swap ?? null;
	}

	get isGone(): boolean {
		return this.#answer.data !== null && this.#answer.data.swap === null;
	}

	get trouble(): Trouble | null {
		return this.#answer.trouble;
	}

	get prompts(): Prompt[] {
		const prompts = this.swap?.agenda.prompts ?? [];
		return prompts.map((prompt) => ({ ...prompt, state: this.#marks.get(prompt.id) ?? prompt.state }));
	}

	/** Taps that the server does not have yet. */
	get hasUnsent(): boolean {
		return this.#marks.size > 0;
	}

	/** Shows what the phone kept, then asks the server; nothing is asked when the answer only just came with the scan. */
	async read(): Promise<void> {
		const isInHand = this.#isJustHeld;
		this.#isJustHeld = false;
		if (!isInHand) await this.#answer.read();
	}

	refresh(): Promise<void> {
		return this.#answer.refresh();
	}

	/** The answer came another way, with the scan. */
	hold(swap: ConversationSwap): void {
		this.#isJustHeld = true;
		this.#put(swap);
	}

	/** Marks a prompt. It shows at once; without a network it is sent with the next tap or by `sendMarks`. */
	mark(prompt: string, state: PromptState): Promise<void> {
		this.#marks.set(prompt, state);
		return this.sendMarks();
	}

	/** Sends the taps that wait, one after the other; stops where the server cannot be reached. */
	async sendMarks(): Promise<void> {
		if (this.#isSendingMarks) return;
		this.#isSendingMarks = true;
		this.markTrouble = null;
		for (let next = this.#nextMark(); next !== null && this.markTrouble === null; next = this.#nextMark()) {
			await this.#sendMark(...next);
		}
		this.#isSendingMarks = false;
	}

	/** Writes what was learned on a prompt, which counts as asked by that. */
	async learn(prompt: string, insight: string): Promise<Trouble | null> {
		const outcome = await send(MarkPrompt, { prompt, state: "ASKED", insight });
		return this.#keep(outcome, (marked) => {
			this.#marks.delete(prompt);
			this.#changePrompt(marked);
		});
	}

	async promise(input: PromiseInput): Promise<Trouble | null> {
		const outcome = await send(MakePromise, { swap: this.id, ...input });
		return this.#keep(outcome, (promise) =>
			this.#change((swap) => ({ promises: [...swap.promises.filter(({ id }) => id !== promise.id), promise] })),
		);
	}

	async need(text: string, key: string): Promise<Trouble | null> {
		return this.#keepNote(await send(NoteNeed, { swap: this.id, text, key }));
	}

	async note(text: string, key: string): Promise<Trouble | null> {
		return this.#keepNote(await send(AddNote, { swap: this.id, text, key }));
	}

	async feel(feeling: Feeling, felt: boolean): Promise<Trouble | null> {
		const outcome = await send(Feel, { swap: this.id, feeling, felt });
		return this.#keep(outcome, ({ feelings }) => this.#change(() => ({ feelings })));
	}

	async share(fields: readonly ContactField[]): Promise<Trouble | null> {
		const outcome = await send(ShareBack, { swap: this.id, fields: [...fields] });
		return this.#keep(outcome, ({ share, contact }) => this.#change(() => ({ share, contact })));
	}

	async declineShare(): Promise<Trouble | null> {
		const outcome = await send(DeclineShare, { swap: this.id });
		return this.#keep(outcome, ({ share, contact }) => this.#change(() => ({ share, contact })));
	}

	/** Ends it for both. Afterwards nothing of it is on this phone. */
	async withdraw(): Promise<Trouble | null> {
		const outcome = await send(Withdraw, { swap: this.id });
		return this.#keep(outcome, () => {
			arrivals.met?.remove(this.id);
			this.#answer.set({ swap: null });
		});
	}

	#nextMark(): [string, PromptState] | null {
		for (const mark of this.#marks) return mark;
		return null;
	}

	async #sendMark(prompt: string, state: PromptState): Promise<void> {
		const outcome = await send(MarkPrompt, { prompt, state });
		const isLatest = this.#marks.get(prompt) === state;
		if (outcome.kind === "data") {
			this.#changePrompt(outcome.data);
			if (isLatest) this.#marks.delete(prompt);
			return;
		}
		this.markTrouble = outcome;
		if (outcome.kind !== "offline" && isLatest) this.#marks.delete(prompt);
	}

	#keepNote(outcome: Outcome<ConversationSwap["notes"][number]>): Trouble | null {
		return this.#keep(outcome, (note) =>
			this.#change((swap) => ({ notes: [...swap.notes.filter(({ id }) => id !== note.id), note] })),
		);
	}

	#keep<T>(outcome: Outcome<T>, keep: (data: T) => void): Trouble | null {
		if (outcome.kind !== "data") return outcome;
		keep(outcome.data);
		return null;
	}

	#changePrompt(marked: Pick<Prompt, "id" | "state" | "insight">): void {
		this.#change(({ agenda }) => ({
			agenda: {
				...agenda,
				prompts: agenda.prompts.map((each) =>
					each.id === marked.id ? { ...each, state: marked.state, insight: marked.insight } : each,
				),
			},
		}));
	}

	#change(change: (swap: ConversationSwap) => Partial<ConversationSwap>): void {
		if (this.swap === null) return;
		const swap = { ...this.swap, ...change(this.swap) };
		this.#put(swap);
		arrivals.met?.put(swap);
	}

	#put(swap: ConversationSwap): void {
		this.#answer.set({ swap });
	}
}

/** The conversation that a scan just made, with its answer, for the screen that opens next; its reader beside it. */
let inHand: { readonly person: string | null; readonly conversation: OpenConversation } | null = null;

/** Takes the swap that a scan answered, so that its first prompt needs no second request. */
export function holdConversation(swap: ConversationSwap): void {
	const conversation = new OpenConversation(swap.id);
	conversation.hold(swap);
	inHand = { person: currentPerson(), conversation };
}

/** The conversation with that id: the one in hand if it is that, for whoever is signed in, else one to be read. */
export function openConversation(id: string): OpenConversation {
	if (inHand?.conversation.id === id && inHand.person === currentPerson()) return inHand.conversation;
	return new OpenConversation(id);
}
