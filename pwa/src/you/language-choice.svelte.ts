// The language of the questions. Names are written as their speakers write them.
import { UpdateSettings } from "../graphql/documents.generated";
import { send } from "../graphql/server";
import { Saving } from "./sharing.svelte";

/** Those the server has questions in. */
export const LANGUAGES = [
	{ locale: "en", name: "English" },
	{ locale: "de", name: "Deutsch" },
	{ locale: "pt", name: "Português" },
] as const;

export class LanguageChoice extends Saving {
	set(locale: string): Promise<boolean> {
		return this.during(async () => {
			const outcome = await send(UpdateSettings, { locale });
			return outcome.kind === "data" ? null : outcome;
		});
	}
}
