// What was begun in one conversation and is not kept yet, as its screen shows it. Each change is kept on this phone at
// once and in order, so that a closed app, a call or a flat battery costs no words.
import { type Draft, draftsOf, forgetDraft, keepDraft } from "../offline/drafts";
import { outbox } from "../offline/outbox/outbox.svelte";
import { currentPerson } from "../offline/person";
import type { ConversationSwap, OpenConversation } from "./open-conversation.svelte";

export type Begun = Omit<Draft, "person" | "thing" | "changedAt">;

export class Drafts {
	/** The phone could not keep the last change: the words last as long as the page. */
	hasNoRoom = $state(false);
	#conversation: Pick<OpenConversation, "id" | "swap" | "practice">;
	#all = $state.raw<readonly Draft[]>([]);
	#last: Promise<void> = Promise.resolve();

	constructor(conversation: Pick<OpenConversation, "id" | "swap" | "practice">) {
		this.#conversation = conversation;
	}

	/** Those of this conversation, the oldest first. What is kept already is no draft any more. */
	get unfinished(): readonly Draft[] {
		const { id, swap } = this.#conversation;
		return this.#all.filter((draft) => outbox.contents.nameOf(draft.thing) === id && !isKept(draft, swap));
	}

	/** Resolves once the last change is on the phone, or could not be. */
	get written(): Promise<void> {
		return this.#last;
	}

	/** Reads what this phone holds; words begun meanwhile stay. */
	async read(): Promise<void> {
		const person = currentPerson();
		if (person === null) return;
		const kept = this.#conversation.practice ? [] : await draftsOf(person);
		const here = new Set(this.#all.map(({ key }) => key));
		this.#all = [...kept.filter(({ key }) => !here.has(key)), ...this.#all];
	}

	/** What was begun about the same, to be gone on with. */
	about(kind: Draft["kind"], prompt: string | null): Draft | null {
		return this.unfinished.findLast((draft) => draft.kind === kind && draft.prompt === prompt) ?? null;
	}

	/** Keeps these words as they stand now. */
	write(begun: Begun): void {
		const person = currentPerson();
		if (person === null) return;
		const known = this.#all.find(({ key }) => key === begun.key);
		const draft = { ...begun, person, thing: known?.thing ?? this.#conversation.id, changedAt: Date.now() };
		this.#all = [...this.#all.filter(({ key }) => key !== begun.key), draft];
		this.#then(() => keepDraft(draft));
	}

	/** Its page was closed with the words still on it. */
	putAside(key: string): void {
		const draft = this.#all.find((each) => each.key === key);
		if (draft) this.write({ ...draft, isOpen: false });
	}

	/** It was kept, or the person lets it go. */
	remove(key: string): void {
		const draft = this.#all.find((each) => each.key === key);
		if (draft === undefined) return;
		this.#all = this.#all.filter((each) => each.key !== key);
		this.#then(() => forgetDraft(draft));
	}

	/** One after the other, so that the latest words are the last to be kept. Of a practice nothing is. */
	#then(work: () => Promise<void>): void {
		if (this.#conversation.practice) return;
		this.#last = this.#last.then(work).then(
			() => {
				this.hasNoRoom = false;
			},
			() => {
				this.hasNoRoom = true;
			},
		);
	}
}

/** The app may be closed between the keeping and the forgetting. */
function isKept({ kind, key, prompt, text }: Draft, swap: ConversationSwap | null): boolean {
	if (swap === null) return false;
	if (kind === "insight") {
		return swap.agenda.prompts.some(({ libraryKey, insight }) => libraryKey === prompt && insight === text.trim());
	}
	return [...swap.notes, ...swap.promises].some((each) => each.key === key);
}
