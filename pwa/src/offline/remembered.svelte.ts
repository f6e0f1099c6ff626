// Local-first reading: a question shows its kept answer at once and the server's when it comes. It never writes to the server.
import type { Trouble } from "../graphql/outcome";
import { send } from "../graphql/server";
import type { AnyTrusted, Data, Variables } from "../graphql/trusted";
import { keepAnswer, keptAnswer } from "./answers";
import { currentPerson } from "./person";

/** One query and the newest answer known to it. */
export class Remembered<T extends AnyTrusted> {
	/** Null until something is known, from the phone or from the server. */
	data = $state.raw<Data<T> | null>(null);
	/** True once the server has answered since this was made. */
	isFresh = $state(false);
	/** Why the last try brought nothing; null after one that did. */
	trouble = $state.raw<Trouble | null>(null);
	#document: T;
	#variables: Variables<T>;
	#tries = 0;
	#changes = 0;
	#frames = 0;

	constructor(document: T, variables: Variables<T>) {
		this.#document = document;
		this.#variables = variables;
	}

	/** Shows what the phone kept, then asks the server. Resolves when the server has answered or could not. */
	async read(): Promise<void> {
		const person = currentPerson();
		const asked = this.refresh();
		// Nothing of this object is looked at before the first await: an effect that reads must not run again when the
		// answer comes.
		const kept = person === null ? null : await keptAnswer(person, this.#document, this.#variables);
		if (!this.isFresh && this.data === null) this.data = kept;
		await asked;
	}

	/** Asks the server only. When several are under way, the last asked wins. */
	async refresh(): Promise<void> {
		this.#tries += 1;
		const mine = this.#tries;
		const changes = this.#changes;
		const frames = this.#frames;
		const outcome = await send(this.#document, this.#variables);
		if (mine !== this.#tries) return;
		// Asked before something was changed here, the answer may not know of it yet.
		if (outcome.kind === "data" && changes !== this.#changes) {
			await this.refresh();
			return;
		}
		if (outcome.kind !== "data") {
			this.trouble = outcome;
			return;
		}
		this.isFresh = true;
		// What came by itself meanwhile is newer, and whatever moves after it will come by itself as well.
		if (frames === this.#frames) void this.set(outcome.data);
		else this.trouble = null;
	}

	/** Puts in what the server sent by itself, the whole of it. Answers to earlier questions do not replace it. */
	async sent(data: Data<T>): Promise<void> {
		this.#frames += 1;
		await this.set(data);
	}

	/** Changes what is known by what the server answered to something else; nothing where nothing is known. Resolves
	 * when it is kept. */
	async change(change: (data: Data<T>) => Data<T>): Promise<void> {
		if (this.data === null) return;
		this.#changes += 1;
		await this.set(change(this.data));
	}

	/** Puts in an answer learned another way (a subscription, a change just made). Resolves when it is kept. */
	async set(data: Data<T>): Promise<void> {
		this.data = data;
		this.trouble = null;
		const person = currentPerson();
		if (person === null) return;
		// A phone without room keeps no copy; what is shown is true all the same.
		await keepAnswer(person, this.#document, this.#variables, data).catch(() => undefined);
	}
}
