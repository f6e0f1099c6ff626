// Who is signed in and what the server says about them. It holds no screen and never decides what a person may see.
import { Me } from "../graphql/documents.generated";
import type { Trouble } from "../graphql/outcome";
import { onFailure, send } from "../graphql/server";
import type { Data } from "../graphql/trusted";
import { forgetAnswers, keepAnswer, keptAnswer } from "../offline/answers";
import { endPlaces, forgetPlaces, isWithin, placeOfPerson } from "../offline/doors/places";
import { forgetDrafts } from "../offline/drafts";
import { outbox } from "../offline/outbox/outbox.svelte";
import { forgetPerson, recallPerson, rememberPerson } from "../offline/person";
import { forgetAllOpened } from "../offline/vault/opened";
import { forgetVaults } from "../offline/vault/storing";

export type Person = NonNullable<Data<typeof Me>["me"]>;
export type Registration = Person["registrations"][number];
export type Claimable = Person["claimable"][number];
export type EventRole = Person["roles"][number];

/** `unreachable`: neither the phone nor the server could say who this is. */
type Standing = "starting" | "signed-in" | "signed-out" | "unreachable";

class Session {
	standing = $state<Standing>("starting");
	me = $state.raw<Person | null>(null);
	/** True once the server itself has said who this is. */
	isConfirmed = $state(false);
	/** Why the server could not be asked the last time; null when it answered. */
	trouble = $state.raw<Trouble | null>(null);

	/** Opens with what the phone remembers, then asks the server. */
	async start(): Promise<void> {
		const asked = this.refresh();
		const person = await recallPerson();
		const kept = person === null ? null : await keptAnswer(person, Me, {});
		if (kept?.me && !this.isConfirmed && this.standing === "starting") this.#is(kept.me);
		await asked;
		if (this.standing === "starting") this.standing = "unreachable";
	}

	/** Asks the server who this is. Without an answer everything stays as it was. */
	async refresh(): Promise<void> {
		const outcome = await send(Me, {});
		this.trouble = outcome.kind === "data" ? null : outcome;
		if (outcome.kind !== "data") return;
		if (outcome.data.me === null) {
			this.parked();
			return;
		}
		this.isConfirmed = true;
		this.#is(outcome.data.me);
		await rememberPerson(outcome.data.me.id);
		await this.#keep();
		await this.#endDoors(outcome.data.me);
	}

	/** Puts a registration as a mutation answered it in place of what was known. */
	changed(registration: Partial<Registration> & { id: string }): void {
		if (this.me === null) return;
		const registrations = this.me.registrations.map((each) =>
			each.id === registration.id ? { ...each, ...registration } : each,
		);
		this.me = { ...this.me, registrations };
		void this.#keep();
	}

	/** The server no longer knows this session. What is on the phone stays until the same person signs in again. */
	parked(): void {
		this.standing = "signed-out";
		this.isConfirmed = false;
		this.me = null;
	}

	/** The person signed out: nothing of theirs stays. */
	async left(): Promise<void> {
		const person = this.me?.id;
		this.parked();
		await forgetPerson();
		if (person === undefined) return;
		await Promise.all([
			outbox.forget(person),
			forgetAnswers(person),
			forgetDrafts(person),
			forgetVaults((vault) => vault.person === person),
			forgetAllOpened(person),
			forgetPlaces((door) => door.person === person),
		]);
	}

	#is(me: Person): void {
		this.me = me;
		this.standing = "signed-in";
	}

	/** Who is removed from a team keeps no list of its event's people; what they had scanned may still be sent. */
	async #endDoors({ id, roles }: Person): Promise<void> {
		const open = roles.map(({ event }) => placeOfPerson(id, event.id));
		const isOpen = (place: string) => open.some((own) => isWithin(own, place));
		await endPlaces(({ person, place }) => person === id && !isOpen(place), Date.now());
	}

	async #keep(): Promise<void> {
		if (this.me !== null) await keepAnswer(this.me.id, Me, {}, { me: this.me });
	}
}

export const session = new Session();

onFailure((failure) => {
	if (failure.reason === "signed-out") session.parked();
});
