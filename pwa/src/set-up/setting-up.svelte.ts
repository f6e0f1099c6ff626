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
import {
	changesOf,
	clashOf,
	type EventForm,
	fieldOf,
	formOf,
	isUnchanged,
	laidOver,
	type SetUpEvent,
	seenOf,
} from "./form";

const STAYS = "What you wrote is still here.";
const CHANGED_MEANWHILE =
	"Somebody else has changed this meanwhile. Save to put yours in its place, or discard yours to see theirs.";
const EVERY_LANGUAGE = LANGUAGES.map(({ locale }) => locale);

/** What was begun, and the settings that it was begun on: others may have changed some of them since. */
interface Begun {
	readonly written: EventForm;
	readonly read: EventForm;
}

export class SettingUp {
	form = $state<EventForm | null>(null);
	/** As the server has it. */
	saved = $state.raw<EventForm | null>(null);
	isSaving = $state(false);
	/** Why it was not saved. `field` names the one to mend, where there is one. */
	refusal = $state.raw<{ readonly field: keyof EventForm | null; readonly sentence: string } | null>(null);
	/** What was done last, in words. */
	told = $state<string | null>(null);
	/** As the last saving found what it changed: one tap brings that back, and leaves what others changed. */
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
		this.#draft = `set-up of ${id}`;
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
		if (person === null || form === null || this.saved === null || !this.#isRecalled) return;
		const begun: Begun = { written: form, read: this.saved };
		const draft = { person, key: this.#draft, kind: "event", text: JSON.stringify(begun) } as const;
		await (this.isChanged ? keepDraft(draft) : forgetDraft(draft));
	}

	errorOf = (field: keyof EventForm): string | null => (this.refusal?.field === field ? this.refusal.sentence : null);

	/** Saves everything that was changed, or nothing. */
	async save(): Promise<void> {
		if (this.form === null || this.saved === null || this.event === null || this.isSaving) return;
		const sent = $state.snapshot(this.form);
		const read = this.saved;
		const told = changesOf(sent, read, EVERY_LANGUAGE);
		this.told = null;
		if ("missing" in told) {
			this.refusal = { field: told.missing, sentence: "Choose a day and a time." };
			return;
		}
		this.isSaving = true;
		const seen = seenOf(this.event, told.changes);
		const outcome = await send(UpdateEvent, { event: this.#event, input: told.changes, seen });
		this.isSaving = false;
		if (outcome.kind !== "data") {
			const field = outcome.kind === "problem" ? outcome.problem.field : null;
			this.refusal = { field: field === null ? null : fieldOf(field), sentence: troubleInWords(outcome, STAYS) };
			if (outcome.kind === "problem" && outcome.problem.name === "ChangedMeanwhile") await this.#lookAgain();
			return;
		}
		this.refusal = null;
		this.saved = formOf(outcome.data);
		this.before = laidOver(read, sent, this.saved);
		// What was written while it was under way stays to be saved.
		this.form = laidOver(this.form, sent, this.saved);
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

	/** Shows how it is now beneath what was written. */
	async #lookAgain(): Promise<void> {
		await this.#answer.refresh();
		if (this.event?.settings) this.#show(this.event);
	}

	#show(event: SetUpEvent): void {
		const now = formOf(event);
		if (this.form === null || this.saved === null) this.form = { ...now };
		else this.#lay(this.form, this.saved, now);
		this.saved = now;
	}

	/** Lays what was written over how it is now, and says where both were changed. */
	#lay(written: EventForm, read: EventForm, now: EventForm): void {
		const clash = clashOf(written, read, now);
		if (clash !== null) this.refusal = { field: clash, sentence: CHANGED_MEANWHILE };
		this.form = laidOver(written, read, now);
	}

	async #recall(): Promise<void> {
		const person = currentPerson();
		if (person === null || this.saved === null) return;
		const begun = await textBegun({ person, key: this.#draft });
		if (begun !== "" && !this.isChanged) {
			const { written, read } = JSON.parse(begun) as Begun;
			this.#lay(written, read, this.saved);
			this.isBegun = this.isChanged;
		}
		this.#isRecalled = true;
	}
}
