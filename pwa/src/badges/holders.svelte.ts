// Who has a badge that can be printed, page after page, by name; and a new badge for somebody who lost theirs. Nothing of
// it is kept on the phone.
import { BadgeHolders, ReissueBadgeOf } from "../graphql/documents.generated";
import { type Trouble, troubleInWords } from "../graphql/outcome";
import { send } from "../graphql/server";
import type { Data } from "../graphql/trusted";

type Page = NonNullable<Data<typeof BadgeHolders>["badgePrinting"]>["holders"];
export type Holder = Page["edges"][number]["node"];

const PAGE = 30;

export class Holders {
	/** Null until something is known. */
	rows = $state.raw<readonly Holder[] | null>(null);
	hasMore = $state(false);
	isAdding = $state(false);
	trouble = $state.raw<Trouble | null>(null);
	/** Whose badge is being replaced now. */
	replacing = $state<string | null>(null);
	/** What came of replacing one, in words. */
	told = $state<string | null>(null);
	readonly #event: string;
	#search = "";
	#onlyNew = false;
	#after: string | null = null;
	#tries = 0;

	constructor(event: string) {
		this.#event = event;
	}

	/** Shows others; what is shown stays until they are there. */
	async choose(search: string, onlyNew: boolean): Promise<void> {
		this.#search = search.trim();
		this.#onlyNew = onlyNew;
		this.#after = null;
		await this.#read([]);
	}

	/** The next page beneath what is shown. */
	async more(): Promise<void> {
		this.isAdding = true;
		await this.#read(this.rows ?? []);
		this.isAdding = false;
	}

	/** A new badge for this person; the old one ends at once. Whether it was made. */
	async replace(holder: Holder): Promise<boolean> {
		this.replacing = holder.registration;
		this.told = null;
		const outcome = await send(ReissueBadgeOf, { registration: holder.registration });
		this.replacing = null;
		const isDone = outcome.kind === "data";
		this.told = isDone
			? `${holder.name} has a new badge. The old one no longer works. Print the new one, or let them open the app.`
			: troubleInWords(outcome, "Their badge still works.");
		if (isDone) await this.choose(this.#search, this.#onlyNew);
		return isDone;
	}

	close(): void {
		this.#tries += 1;
	}

	/** Reads on from where it is. When several readings are under way, the last asked wins. */
	async #read(before: readonly Holder[]): Promise<void> {
		this.#tries += 1;
		const mine = this.#tries;
		const outcome = await send(BadgeHolders, {
			event: this.#event,
			search: this.#search || null,
			onlyNew: this.#onlyNew,
			first: PAGE,
			after: this.#after,
		});
		if (mine !== this.#tries) return;
		this.trouble = outcome.kind === "data" ? null : outcome;
		const page = outcome.kind === "data" ? outcome.data.badgePrinting?.holders : undefined;
		if (!page) return;
		this.rows = [...before, ...page.edges.map(({ node }) => node)];
		this.hasMore = page.pageInfo.hasNextPage;
		this.#after = page.pageInfo.endCursor;
	}
}
