// One event's settings as an organizer changes them: read, kept on the phone while they are unsaved, saved together, and
// put back. What the server refuses is said beside its field, and what was written stays.
import { session } from "../app/session.svelte";
import { EventSettings, UpdateEvent } from "../graphql/documents.generated";
import { type Trouble, troubleInWords } from "../graphql/outcome";
import { send } from "../graphql/server";
import { forgetDraft, keepDraft, textBegun } from "../offline/drafts";
import { currentPerson } from "../offline/person";
import { Remembered } from "../offline/remembered.svelte";
import { LANGUAGES } from "../you/chosen";
import { changesOf, type EventForm, fieldOf, formOf, isUnchanged, type SetUpEvent } from "./form";

const STAYS = "What you wrote is still here.";
const EVERY_LANGUAGE = LANGUAGES.map(({ locale }) => locale);

export class SettingUp {
	form = $state<EventForm | null>(null);
	/** As the server has it. */
	saved = $state.raw<EventForm | null>(null);
	isSaving = $state(false);
	/** Why it was not saved. `field` names the one to mend, where there is one. */
	refusal = $state.raw<{ readonly field: keyof EventForm | null; readonly sentence: string } | null>(null);
	/** What was done last, in words. */
	told = $state<string | null>(null);
	/** The settings before the last saving: one tap brings them back. */
	before = $state.raw<EventForm | null>(null);
	/** What was begun earlier on this phone is shown, not what the server has. */
	isBegun = $state(false);
	readonly #answer: Remembered<typeof EventSettings>;
	readonly #event: string;
	readonly #draft: string;
	#isRecalled = false;

	constructor(slug: string, id: string) {
		this.#event = id;
		this.#answer = new Remembered(EventSettings, { slug });
		this.#draft = `settings of ${id}`;
	}

	get event(): SetUpEvent | null {
		return this.#answer.data?.event ?? null;
	}

	get trouble(): Trouble | null {
		return this.#answer.trouble;
	}

	/** The server has answered, and the settings are not this person's to see. */
	get isRefused(): boolean {
		return this.#answer.isFresh && (this.event === null || this.event.settings === null);
	}

	get isChanged(): boolean {
		return this.form !== null && this.saved !== null && !isUnchanged(this.form, this.saved);
	}

	/** Reads the settings, and goes on with what was begun on this phone. */
	async read(): Promise<void> {
		await this.#answer.read();
		if (this.event?.settings) this.#show(this.event);
		await this.#recall();
	}

	/** Keeps what is unsaved as it stands, so that leaving the screen costs nothing. */
	async keepBegun(form: EventForm | null): Promise<void> {
		const person = currentPerson();
		if (person === null || form === null || !this.#isRecalled) return;
		const draft = { person, key: this.#draft, kind: "event", text: JSON.stringify(form) } as const;
		await (this.isChanged ? keepDraft(draft) : forgetDraft(draft));
	}

	errorOf = (field: keyof EventForm): string | null => (this.refusal?.field === field ? this.refusal.sentence : null);

	/** Saves everything that was changed, or nothing. */
	async save(): Promise<void> {
		if (this.form === null || this.saved === null || this.isSaving) return;
		const sent = $state.snapshot(this.form);
		const told = changesOf(sent, this.saved, EVERY_LANGUAGE);
		this.told = null;
		if ("missing" in told) {
			this.refusal = { field: told.missing, sentence: "Choose a day and a time." };
			return;
		}
		this.isSaving = true;
		const outcome = await send(UpdateEvent, { event: this.#event, input: told.changes });
		this.isSaving = false;
		if (outcome.kind !== "data") {
			const field = outcome.kind === "problem" ? outcome.problem.field : null;
			this.refusal = { field: field === null ? null : fieldOf(field), sentence: troubleInWords(outcome, STAYS) };
			return;
		}
		this.refusal = null;
		this.before = this.saved;
		this.saved = formOf(outcome.data);
		// What was written while it was under way stays to be saved.
		if (isUnchanged(this.form, sent)) this.form = formOf(outcome.data);
		this.told = "Saved.";
		this.isBegun = false;
		await this.#answer.set({ event: outcome.data });
		await session.refresh();
	}

	/** What is not saved goes. */
	letGo(): void {
		if (this.saved === null) return;
		this.form = { ...this.saved };
		this.refusal = null;
		this.told = null;
		this.isBegun = false;
	}

	/** Brings back what was there before the last saving. */
	async putBack(): Promise<void> {
		if (this.before === null) return;
		this.form = { ...this.before };
		await this.save();
		if (this.refusal === null) {
			this.before = null;
			this.told = "It is as it was before.";
		}
	}

	#show(event: SetUpEvent): void {
		const wasChanged = this.isChanged;
		this.saved = formOf(event);
		if (!wasChanged) this.form = formOf(event);
	}

	async #recall(): Promise<void> {
		const person = currentPerson();
		if (person === null || this.saved === null) return;
		const begun = await textBegun({ person, key: this.#draft });
		if (begun !== "" && !this.isChanged) {
			this.form = { ...this.saved, ...(JSON.parse(begun) as EventForm) };
			this.isBegun = this.isChanged;
		}
		this.#isRecalled = true;
	}
}
