// One conversation as this phone knows it: what the server last said, with what waits in the outbox laid over it. It is
// found by the swap's id, or by the key of a scan that the server does not know yet.
import { currentEvent } from "../app/current-event.svelte";
import { session } from "../app/session.svelte";
import { scannedHere } from "../flight/scanned-here.svelte";
import type { Conversation as ConversationDocument, ShareBack } from "../graphql/documents.generated";
import { Conversation } from "../graphql/documents.generated";
import type { Problem, Trouble } from "../graphql/outcome";
import type { Data, Variables } from "../graphql/trusted";
import { type Put, whyNotKept } from "../offline/outbox/not-kept";
import type { Operation } from "../offline/outbox/operations";
import { outbox } from "../offline/outbox/outbox.svelte";
import type { Settled } from "../offline/outbox/sending";
import { currentPerson } from "../offline/person";
import { Remembered } from "../offline/remembered.svelte";
import { onGone } from "../swaps/gone";
import { layOver, withWritten } from "./laid-over";
import { goingOn, unsentSwap } from "./unsent-swap";

export type ConversationSwap = NonNullable<Data<typeof ConversationDocument>["swap"]>;
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

/** What the screen of a talk needs of one: to show it, and to write things down. */
export type OpenConversation = Pick<
	KeptConversation,
	| "id"
	| "scan"
	| "swap"
	| "prompts"
	| "notKept"
	| "mark"
	| "learn"
	| "promise"
	| "keepPromise"
	| "need"
	| "note"
	| "feel"
	| "share"
	| "declineShare"
	| "withdraw"
	| "block"
> & {
	/** Only of one with somebody who is not real: what says so on every step, and what to try next. */
	readonly practice?: { readonly label: string; readonly guide: string };
};

export class KeptConversation {
	/** How it was asked for: the swap's id, or the scan's key. */
	readonly address: string;
	/** Why the last tap could not be kept, in words; null when it was. */
	notKept = $state<string | null>(null);
	#answer = $state.raw<Remembered<typeof Conversation>>() as Remembered<typeof Conversation>;
	#isJustHeld = false;

	constructor(address: string) {
		this.address = address;
		this.#answer = new Remembered(Conversation, { swap: outbox.contents.nameOf(address) });
	}

	/** The swap's id once it is known; until then the scan's key. */
	get id(): string {
		return outbox.contents.nameOf(this.address);
	}

	/** The scan that makes it, while the server does not have it. */
	get scan() {
		return outbox.contents.scans.find(({ key }) => key === this.id) ?? null;
	}

	/** Why the server did not take the scan. */
	get refusal(): Problem | null {
		const isScan = outbox.contents.refused.find(({ operation, key }) => operation === "SwapBadges" && key === this.id);
		return isScan?.refusal ?? null;
	}

	/** Null while unknown, and when it is over: not mine, or withdrawn by either side. */
	get swap(): ConversationSwap | null {
		const { scan } = this;
		const known =
			this.#answer.data?.swap ?? (scan && isLookedUp() ? unsentSwap(scan, timezoneOf(scan.variables.event)) : null);
		return known && layOver(known, outbox.contents.about(this.address));
	}

	get isGone(): boolean {
		return this.#answer.data !== null && this.swap === null;
	}

	get trouble(): Trouble | null {
		return this.#answer.trouble;
	}

	get prompts(): Prompt[] {
		return this.swap?.agenda.prompts ?? [];
	}

	/** Hears what came of things that were written here, and when the swap is gone, until the answered function is
	 * called. */
	follow(): () => void {
		const stopHearing = outbox.onSettled((settled) => this.#settled(settled));
		const stopLettingGo = onGone((isGone) => {
			if (isGone(this.id)) void this.#answer.change(() => ({ swap: null }));
		});
		return () => {
			stopHearing();
			stopLettingGo();
		};
	}

	/** Shows what the phone kept, then asks the server; nothing is asked when the answer only just came with the scan,
	 * or cannot be there yet. */
	async read(): Promise<void> {
		await outbox.ready;
		const isInHand = this.#isJustHeld;
		this.#isJustHeld = false;
		if (isInHand || this.scan !== null) return;
		if (this.id !== this.address) this.#answer = new Remembered(Conversation, { swap: this.id });
		await this.#answer.read();
	}

	async refresh(): Promise<void> {
		if (this.scan === null) await this.#answer.refresh();
	}

	/** The answer came another way, with the scan. */
	hold(swap: ConversationSwap): void {
		this.#isJustHeld = true;
		this.#answer = new Remembered(Conversation, { swap: swap.id });
		this.#answer.set({ swap });
	}

	mark(prompt: string, state: PromptState): Promise<Put> {
		return this.#put({ operation: "MarkPrompt", variables: { prompt, state } }, { slot: `mark ${prompt}` });
	}

	/** Writes what was learned on a prompt, which counts as asked by that. */
	learn(prompt: string, insight: string): Promise<Put> {
		const variables = { prompt, state: "ASKED" as const, insight };
		return this.#put({ operation: "MarkPrompt", variables }, { slot: `insight ${prompt}` });
	}

	promise({ key, ...promise }: PromiseInput): Promise<Put> {
		return this.#put({ operation: "MakePromise", variables: { swap: this.id, key, ...promise } }, { key });
	}

	/** `promise` is its id, or the key it was made with. */
	keepPromise(promise: string): Promise<Put> {
		return this.#put({ operation: "KeepPromise", variables: { promise } }, { slot: `keep ${promise}` });
	}

	need(text: string, key: string): Promise<Put> {
		return this.#put({ operation: "NoteNeed", variables: { swap: this.id, text, key } }, { key });
	}

	note(text: string, key: string): Promise<Put> {
		return this.#put({ operation: "AddNote", variables: { swap: this.id, text, key } }, { key });
	}

	feel(feeling: Feeling, felt: boolean): Promise<Put> {
		const variables = { swap: this.id, feeling, felt };
		return this.#put({ operation: "Feel", variables }, { slot: `feel ${this.id} ${feeling}` });
	}

	share(fields: readonly ContactField[]): Promise<Put> {
		const variables = { swap: this.id, fields: [...fields] };
		return this.#put({ operation: "ShareBack", variables }, { slot: this.#shareSlot });
	}

	declineShare(): Promise<Put> {
		return this.#put({ operation: "DeclineShare", variables: { swap: this.id } }, { slot: this.#shareSlot });
	}

	/** Ends it for both. What was to be shared and is not sent yet is never sent. */
	async withdraw(): Promise<Put> {
		const shares = outbox.contents.about(this.address).filter(({ operation }) => operation === "ShareBack");
		for (const share of shares) await outbox.letGo(share);
		return this.#put({ operation: "Withdraw", variables: { swap: this.id } }, { slot: this.#shareSlot });
	}

	/** Never to be shown to each other again, here or at any other event. `report` goes to the organizers. */
	block(report: string | null, namesMe: boolean): Promise<Put> {
		const key = crypto.randomUUID();
		const variables = { swap: this.id, report, namesMe, key };
		return this.#put({ operation: "Block", variables }, { key, slot: this.#shareSlot });
	}

	get #shareSlot(): string {
		return `share ${this.id}`;
	}

	async #put(written: Operation, more: { readonly key?: string; readonly slot?: string }): Promise<Put> {
		const put = await outbox.put({ ...written, ...more, thing: this.id });
		this.notKept = whyNotKept(put);
		return put;
	}

	async #settled({ item, verdict }: Settled): Promise<void> {
		if (outbox.contents.nameOf(item.thing) !== this.id) return;
		if (verdict.kind === "refused") {
			// What was laid over is gone from it, and the server may know why.
			void this.refresh();
		} else if (item.operation === "SwapBadges") {
			this.#answer = new Remembered(Conversation, { swap: this.id });
			this.#answer.set({ swap: goingOn(verdict.data as ConversationSwap, item) });
		} else {
			this.#answer.change(({ swap }) => ({ swap: swap && withWritten(swap, item, item.madeAt, verdict.data) }));
		}
	}
}

/** Whether the phone knows what it opened for the scans of this event; at an event of mine it soon does. */
const isLookedUp = (): boolean => scannedHere.isKnown || currentEvent.registration === null;

/** The zone of an event that I have a place at. */
function timezoneOf(event: string): string {
	const found = session.me?.registrations.find((each) => each.event.id === event);
	return found?.event.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** The conversation that a scan just made, with its answer, for the screen that opens next; its reader beside it. */
let inHand: { readonly person: string | null; readonly conversation: KeptConversation } | null = null;

onGone((isGone) => {
	if (inHand !== null && isGone(inHand.conversation.id)) inHand = null;
});

/** Takes the swap that a scan answered, so that its first prompt needs no second request. */
export function holdConversation(swap: ConversationSwap): void {
	const conversation = new KeptConversation(swap.id);
	conversation.hold(swap);
	inHand = { person: currentPerson(), conversation };
}

/** The conversation with that address: the one in hand if it is that, for whoever is signed in, else one to be read. */
export function openConversation(address: string): KeptConversation {
	const held = inHand;
	inHand = null;
	const isIt = held?.conversation.address === address && held.person === currentPerson();
	return held && isIt ? held.conversation : new KeptConversation(address);
}
