// Whether my contacts may ask me whom I know. Each change is saved by itself.
import { AgreeToBeAsked } from "../graphql/documents.generated";
import { send } from "../graphql/server";
import { Saving } from "./sharing.svelte";

export class AskingChoice extends Saving {
	set(agree: boolean): Promise<boolean> {
		return this.during(async () => {
			const outcome = await send(AgreeToBeAsked, { agree });
			return outcome.kind === "data" ? null : outcome;
		});
	}
}
