// The packs of one event as its organizers see and change them, and the file that is being added. Of all this only the
// unfinished file is kept on the phone.
import { AddPromptPack, PromptPacks, RemovePromptPack, SwitchPromptPack } from "../graphql/documents.generated";
import { type Trouble, troubleInWords } from "../graphql/outcome";
import { send } from "../graphql/server";
import type { Data } from "../graphql/trusted";
import { forgetDraft, keepDraft, textBegun } from "../offline/drafts";
import { currentPerson } from "../offline/person";

export type Overview = Data<typeof PromptPacks>["promptPacks"];
export type Pack = Overview["packs"][number];
export type Question = Pack["prompts"][number];
export type Example = Overview["examples"][number];

/** An answer that was lost may have added it all the same; sent again it is the same pack. */
const TEXT_IS_SAFE = "Your text is still here.";

export class EventPacks {
	/** Null until something is known. */
	overview = $state.raw<Overview | null>(null);
	/** Why the page could not be read. */
	trouble = $state.raw<Trouble | null>(null);
	/** The file that is being written or pasted; it stays until it was added. */
	text = $state("");
	isAdding = $state(false);
	/** Why it was not added: a sentence, and each thing to mend. */
	refusal = $state.raw<string | null>(null);
	faults = $state.raw<readonly string[]>([]);
	/** Another pack of the same theme and language is there. */
	isInTheWay = $state(false);
	/** What was done last, in words, and what would make the added pack better. */
	told = $state.raw<string | null>(null);
	advice = $state.raw<readonly string[]>([]);
	/** Why the last switch or removal did not happen. */
	notChanged = $state.raw<string | null>(null);
	readonly #event: string;
	readonly #draft: string;
	/** Before, an empty field says nothing about what was begun. */
	#isRecalled = false;
	#onchange: ((text: string) => void) | null = null;
	/** One key for one file, so that a lost answer adds no second pack. */
	#wish: { readonly asked: string; readonly key: string } | null = null;

	constructor(event: string) {
		this.#event = event;
		this.#draft = `pack of ${event}`;
	}

	get isFull(): boolean {
		return this.overview !== null && this.overview.packs.length >= this.overview.most;
	}

	/** Goes on with the file that was begun here before. */
	async recall(): Promise<void> {
		const person = currentPerson();
		if (person === null) return;
		const begun = await textBegun({ person, key: this.#draft });
		if (this.text === "") this.text = begun;
		this.#isRecalled = true;
	}

	/** Keeps the unfinished file as it stands, so that leaving the screen costs no word; added or emptied, it is forgotten. */
	async keepText(text: string): Promise<void> {
		const person = currentPerson();
		if (person === null || !this.#isRecalled) return;
		const pack = { person, key: this.#draft, kind: "pack", text } as const;
		await (text.trim() === "" ? forgetDraft(pack) : keepDraft(pack));
	}

	async read(): Promise<void> {
		const outcome = await send(PromptPacks, { event: this.#event });
		this.trouble = outcome.kind === "data" ? null : outcome;
		if (outcome.kind === "data") this.overview = outcome.data.promptPacks;
	}

	/** Adds what is written. `replaces` puts it in the place of the pack that is in its way. */
	async add(replaces = false): Promise<void> {
		if (this.isAdding) return;
		const content = this.text;
		this.#wish = this.#wish?.asked === content ? this.#wish : { asked: content, key: crypto.randomUUID() };
		this.isAdding = true;
		const { key } = this.#wish;
		const outcome = await send(AddPromptPack, { event: this.#event, content, key, replaces });
		this.isAdding = false;
		this.forgetAnswer();
		if (outcome.kind !== "data") {
			this.refusal = troubleInWords(outcome, TEXT_IS_SAFE);
			if (outcome.kind === "problem") {
				this.faults = outcome.problem.faults ?? [];
				this.isInTheWay = outcome.problem.name === "PackThere";
			}
			return;
		}
		this.#wish = null;
		this.text = "";
		this.told = `“${outcome.data.title}” is added. Talks that begin from now on are asked from it.`;
		this.advice = outcome.data.advice;
		await this.read();
	}

	/** What was said about an earlier try no longer counts. */
	forgetAnswer(): void {
		this.refusal = null;
		this.faults = [];
		this.isInTheWay = false;
		this.told = null;
		this.advice = [];
	}

	/** Puts a pack's file where one is added, to be changed and put in its own place. */
	change(pack: Pack): void {
		this.#onchange?.(pack.content);
	}

	/** Whoever holds the field of the file hears of `change` until the answered function is called. */
	onChange(hear: (text: string) => void): () => void {
		this.#onchange = hear;
		return () => {
			this.#onchange = null;
		};
	}

	/** Shown at once, and taken back when the server does not take it. */
	async turn(pack: Pack, on: boolean): Promise<void> {
		this.notChanged = null;
		this.#show({ ...pack, on });
		const outcome = await send(SwitchPromptPack, { pack: pack.id, on });
		if (outcome.kind === "data") return;
		this.#show(pack);
		this.notChanged = troubleInWords(outcome, `“${pack.title}” is as it was.`);
	}

	/** Whether it is gone. */
	async remove(pack: Pack): Promise<boolean> {
		this.notChanged = null;
		const outcome = await send(RemovePromptPack, { pack: pack.id });
		if (outcome.kind !== "data") {
			this.notChanged = troubleInWords(outcome, `“${pack.title}” is still here.`);
			return false;
		}
		this.forgetAnswer();
		this.told = `“${pack.title}” is removed. Questions that somebody has already stay with them.`;
		await this.read();
		return true;
	}

	#show(pack: Pack): void {
		if (this.overview === null) return;
		const packs = this.overview.packs.map((each) => (each.id === pack.id ? pack : each));
		this.overview = { ...this.overview, packs };
	}
}
