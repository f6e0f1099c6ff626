// A new event as it is written, kept on the phone until it is made. One key for one wish, so that a lost answer makes no
// second event. It decides nothing about who may.
import { phoneZone } from "../app/phone-zone";
import { session } from "../app/session.svelte";
import { instantAt } from "../app/wall-clock";
import { CopyEvent, CreateEvent } from "../graphql/documents.generated";
import { troubleInWords } from "../graphql/outcome";
import { send } from "../graphql/server";
import { forgetDraft, keepDraft, textBegun } from "../offline/drafts";
import { currentPerson } from "../offline/person";
import { changesOf, type EventForm, emptyForm, fieldOf, isUnchanged } from "../set-up/form";
import { LANGUAGES } from "../you/chosen";

const DRAFT = "new event";
const STAYS = "What you wrote is still here.";
const EVERY_LANGUAGE = LANGUAGES.map(({ locale }) => locale);

/** What is kept of a new event until it is made: also the key it was asked with, since its answer may have been lost. */
interface Begun {
	readonly form: EventForm;
	readonly copied: string;
	readonly wish: Wish | null;
}

interface Wish {
	readonly asked: string;
	readonly key: string;
}

/** The edition that is copied: its id, and the zone that its copy keeps. */
export interface Last {
	readonly id: string;
	readonly timezone: string;
}

export class NewEvent {
	readonly empty = emptyForm(phoneZone() ?? "UTC", EVERY_LANGUAGE);
	form = $state<EventForm>({ ...this.empty });
	/** The id of the edition to copy; empty for none. */
	copied = $state("");
	isMaking = $state(false);
	refusal = $state.raw<{ readonly field: keyof EventForm | null; readonly sentence: string } | null>(null);
	#wish: Wish | null = null;
	#isRecalled = false;

	errorOf = (field: keyof EventForm): string | null => (this.refusal?.field === field ? this.refusal.sentence : null);

	/** Goes on with what was begun here before. */
	async recall(): Promise<void> {
		const person = currentPerson();
		if (person === null) return;
		const begun = await textBegun({ person, key: DRAFT });
		if (begun !== "" && isUnchanged(this.form, this.empty)) {
			const { form, copied, wish } = JSON.parse(begun) as Begun;
			this.form = { ...this.empty, ...form };
			this.copied = copied;
			this.#wish = wish;
		}
		this.#isRecalled = true;
	}

	async keepBegun(form: EventForm, copied: string): Promise<void> {
		const person = currentPerson();
		if (person === null || !this.#isRecalled) return;
		const begun: Begun = { form, copied, wish: this.#wish };
		const draft = { person, key: DRAFT, kind: "event", text: JSON.stringify(begun) } as const;
		await (isUnchanged(form, this.empty) && copied === "" ? forgetDraft(draft) : keepDraft(draft));
	}

	/** The word in the address of what was made; null when it was not, and `refusal` says why. */
	async make(last: Last | null): Promise<string | null> {
		if (this.isMaking) return null;
		const form = $state.snapshot(this.form);
		const timezone = last?.timezone ?? form.timezone;
		const startsAt = instantAt(form.starts, timezone);
		if (form.title.trim() === "" && last === null) return this.#refuse("title", "Give the event a title.");
		if (startsAt === null) return this.#refuse("starts", "Choose a day and a time.");
		const asked = JSON.stringify([form, last?.id ?? null]);
		this.#wish = this.#wish?.asked === asked ? this.#wish : { asked, key: crypto.randomUUID() };
		const { key } = this.#wish;
		this.isMaking = true;
		await this.keepBegun(form, this.copied).catch(() => undefined); // a phone that is full asks all the same
		const outcome =
			last === null ? await this.#create(form, startsAt, key) : await this.#copy(form, startsAt, last, key);
		this.isMaking = false;
		if (outcome === null) return this.#refuse("ends", "Choose a day and a time.");
		if (outcome.kind !== "data") {
			const field = outcome.kind === "problem" ? outcome.problem.field : null;
			return this.#refuse(field === null ? null : fieldOf(field), troubleInWords(outcome, STAYS));
		}
		this.refusal = null;
		await session.refresh();
		const person = currentPerson();
		if (person !== null) await forgetDraft({ person, key: DRAFT });
		this.#isRecalled = false;
		return outcome.data.slug;
	}

	async #create(form: EventForm, startsAt: string, key: string) {
		const told = changesOf(form, this.empty, EVERY_LANGUAGE);
		if ("missing" in told) return null;
		const { title: _title, startsAt: _starts, timezone: _zone, continues: _continues, ...settings } = told.changes;
		return await send(CreateEvent, {
			input: { ...settings, title: form.title, startsAt, timezone: form.timezone },
			key,
		});
	}

	async #copy(form: EventForm, startsAt: string, last: Last, key: string) {
		return await send(CopyEvent, { event: last.id, startsAt, key, title: form.title.trim() || null });
	}

	#refuse(field: keyof EventForm | null, sentence: string): null {
		this.refusal = { field, sentence };
		return null;
	}
}
