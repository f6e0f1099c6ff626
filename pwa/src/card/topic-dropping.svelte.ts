// Takes a topic off the card, or puts it back. Each tap is saved by itself; the card's words are not touched.
import { type Registration, session } from "../app/session.svelte";
import { DropTopic } from "../graphql/documents.generated";
import { troubleInWords } from "../graphql/outcome";
import { send } from "../graphql/server";

export class TopicDropping {
	isBusy = $state(false);
	trouble = $state<string | null>(null);

	async drop(registration: Registration, topic: string, dropped: boolean): Promise<void> {
		this.isBusy = true;
		this.trouble = null;
		const outcome = await send(DropTopic, { event: registration.event.id, topic, dropped });
		this.isBusy = false;
		if (outcome.kind === "data") session.changed(outcome.data);
		else this.trouble = troubleInWords(outcome, "Your card is as it was.");
	}
}
