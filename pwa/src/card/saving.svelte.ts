// Saves the card and the goal. What the person wrote stays on the screen whatever the server says.
import { type Registration, session } from "../app/session.svelte";
import { SetGoal, UpdateCard } from "../graphql/documents.generated";
import { troubleInWords } from "../graphql/outcome";
import { send } from "../graphql/server";
import { type CardForm, inputOf } from "./card-form";

export class CardSaving {
	isBusy = $state(false);
	trouble = $state<string | null>(null);
	/** The input the trouble is about (`card.upTo`), where the server named one. */
	troubledField = $state<string | null>(null);

	/** Saves both; true when both are saved. `carriedFrom` is the place whose card this one began with. */
	async save(
		registration: Registration,
		form: CardForm,
		goal: number | null,
		carriedFrom: string | null,
	): Promise<boolean> {
		this.isBusy = true;
		this.trouble = null;
		this.troubledField = null;
		const isSaved =
			(await this.#saveCard(registration, form, carriedFrom)) && (await this.#saveGoal(registration, goal));
		this.isBusy = false;
		return isSaved;
	}

	async #saveCard(registration: Registration, form: CardForm, carriedFrom: string | null): Promise<boolean> {
		const outcome = await send(UpdateCard, { event: registration.event.id, card: inputOf(form), carriedFrom });
		if (outcome.kind === "data") {
			session.changed(outcome.data);
			return true;
		}
		this.trouble = troubleInWords(outcome, "What you wrote is still here.");
		if (outcome.kind === "problem") this.troubledField = outcome.problem.field;
		return false;
	}

	async #saveGoal(registration: Registration, goal: number | null): Promise<boolean> {
		if (goal === registration.goal) return true;
		const outcome = await send(SetGoal, { event: registration.event.id, people: goal });
		if (outcome.kind === "data") {
			session.changed(outcome.data);
			return true;
		}
		this.trouble = troubleInWords(outcome, "Your card is saved; the goal is not yet.");
		return false;
	}
}
