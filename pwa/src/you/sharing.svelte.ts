// What I share by standing choice, and the contact details it is about. Each change is saved by itself.
import { type Person, session } from "../app/session.svelte";
import { SetSharing, UpdateContact } from "../graphql/documents.generated";
import { type Trouble, troubleInWords } from "../graphql/outcome";
import { send } from "../graphql/server";

export type ContactField = Person["sharing"]["fields"][number];

const SAFE = "What was saved before still holds.";

/** One choice that is saved by itself. */
export class Saving {
	isBusy = $state(false);
	/** A sentence when it was not saved; null otherwise. */
	trouble = $state<string | null>(null);
	/** The input the trouble is about, where the server named one. */
	field = $state<string | null>(null);
	isSaved = $state(false);

	protected async during(ask: () => Promise<Trouble | null>): Promise<boolean> {
		this.isBusy = true;
		this.trouble = null;
		this.field = null;
		this.isSaved = false;
		const trouble = await ask();
		this.isBusy = false;
		if (trouble === null) {
			this.isSaved = true;
			await session.refresh();
			return true;
		}
		this.trouble = troubleInWords(trouble, SAFE);
		if (trouble.kind === "problem") this.field = trouble.problem.field;
		return false;
	}
}

export class SharingChoice extends Saving {
	set(always: boolean, fields: ContactField[]): Promise<boolean> {
		return this.during(async () => {
			const outcome = await send(SetSharing, { always, fields });
			return outcome.kind === "data" ? null : outcome;
		});
	}
}

export class ContactDetails extends Saving {
	/** `links` as written, one a line. */
	save(email: string, phone: string, links: string): Promise<boolean> {
		const contact = {
			email: email.trim() || null,
			phone: phone.trim() || null,
			links: links
				.split(/\s+/)
				.filter(Boolean)
				.map((link) => (/^[a-z][a-z0-9+.-]*:/i.test(link) ? link : `https://${link}`)),
		};
		return this.during(async () => {
			const outcome = await send(UpdateContact, { contact });
			return outcome.kind === "data" ? null : outcome;
		});
	}
}
