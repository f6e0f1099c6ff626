// Keys by which other programs bring attendees in: seen, made, gone on with, revoked. What a key is used with is shown once and kept nowhere.
import { AddImportKey, ImportKeys, RevokeImportKey, TakeOverImportKey } from "../graphql/documents.generated";
import { troubleInWords } from "../graphql/outcome";
import { send } from "../graphql/server";
import type { Data } from "../graphql/trusted";

export type ProgramKey = NonNullable<Data<typeof ImportKeys>["eventImports"]>["keys"][number];
export type Sender = ProgramKey["sender"];
type Added = Extract<Data<typeof AddImportKey>, { __typename: "ImportKeyAdded" }>;

export class ProgramKeys {
	/** Null until something is known. */
	keys = $state.raw<readonly ProgramKey[] | null>(null);
	/** The one that was just made, with what it is used with. */
	added = $state.raw<Added | null>(null);
	refusal = $state<string | null>(null);
	isAsking = $state(false);
	readonly #event: string;
	/** One key for one wish, so that a lost answer makes no second one. */
	#wish: { readonly asked: string; readonly key: string } | null = null;

	constructor(event: string) {
		this.#event = event;
	}

	async read(): Promise<void> {
		const outcome = await send(ImportKeys, { event: this.#event });
		if (outcome.kind === "data") this.keys = outcome.data.eventImports?.keys ?? [];
		else this.refusal = troubleInWords(outcome);
	}

	/** Makes a key; `secret` is the sender's own, null to have one made. Whether it was. */
	async add(sender: Sender, name: string, secret: string | null): Promise<boolean> {
		if (this.isAsking) return false;
		const asked = JSON.stringify([sender, name, secret]);
		this.#wish = this.#wish?.asked === asked ? this.#wish : { asked, key: crypto.randomUUID() };
		this.isAsking = true;
		this.refusal = null;
		const outcome = await send(AddImportKey, { event: this.#event, key: this.#wish.key, sender, name, secret });
		this.isAsking = false;
		if (outcome.kind !== "data") {
			this.refusal = troubleInWords(outcome);
			return false;
		}
		this.#wish = null;
		this.added = outcome.data;
		await this.read();
		return true;
	}

	/** Answers for a key that rests, so that it works again. */
	async goOn(key: ProgramKey): Promise<void> {
		this.refusal = null;
		const outcome = await send(TakeOverImportKey, { event: this.#event, key: key.key });
		if (outcome.kind !== "data") this.refusal = troubleInWords(outcome);
		await this.read();
	}

	async revoke(key: ProgramKey): Promise<void> {
		this.refusal = null;
		const outcome = await send(RevokeImportKey, { event: this.#event, key: key.key });
		if (outcome.kind !== "data") this.refusal = troubleInWords(outcome);
		if (this.added?.importKey.key === key.key) this.added = null;
		await this.read();
	}
}
