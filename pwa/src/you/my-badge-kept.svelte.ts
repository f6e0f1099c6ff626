// My badge at one event: when it was printed and from whose hands, and a new one in place of a lost or photographed one.
// Replacing needs the server; the new badge is drawn at once and stays on the phone.
import { type Registration, session } from "../app/session.svelte";
import { MyBadge as MyBadgeAsked, ReissueBadge } from "../graphql/documents.generated";
import { troubleInWords } from "../graphql/outcome";
import { send } from "../graphql/server";
import { Remembered } from "../offline/remembered.svelte";

export class MyBadge {
	isBusy = $state(false);
	/** What came of replacing it, in words; null before. */
	told = $state<string | null>(null);
	isReplaced = $state(false);
	readonly #registration: Registration;
	readonly #answer: Remembered<typeof MyBadgeAsked>;

	constructor(registration: Registration) {
		this.#registration = registration;
		this.#answer = new Remembered(MyBadgeAsked, { slug: registration.event.slug });
	}

	/** Null until something is known. */
	get known() {
		return this.#answer.data?.event?.myRegistration ?? null;
	}

	read(): Promise<void> {
		return this.#answer.read();
	}

	/** A new badge; the one before ends at once, print and all. */
	async replace(): Promise<void> {
		if (this.isBusy) return;
		this.isBusy = true;
		this.told = null;
		const outcome = await send(ReissueBadge, { registration: this.#registration.id });
		this.isBusy = false;
		this.isReplaced = outcome.kind === "data";
		if (outcome.kind !== "data") {
			this.told = troubleInWords(
				outcome,
				"If no answer came, look at Today once you are connected: it shows the badge that works.",
			);
			return;
		}
		const { id, url, code } = outcome.data;
		session.changed({ id: this.#registration.id, badge: { id, url, code } });
		this.told =
			"You have a new badge. It is on Today now, also without a connection. Nothing scans the old one any more.";
		await this.#answer.refresh();
	}
}
