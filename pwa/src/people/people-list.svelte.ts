// The people I keep up with, page after page, as this phone knows them; and those found by kind and words. What was
// searched for is kept nowhere. Without a network it looks among those the phone knows, and tells so.
import { People } from "../graphql/documents.generated";
import type { Trouble } from "../graphql/outcome";
import { send } from "../graphql/server";
import type { Data } from "../graphql/trusted";
import { keptAnswer } from "../offline/answers";
import { wordsOf } from "../offline/outbox/operations";
import { outbox } from "../offline/outbox/outbox.svelte";
import { currentPerson } from "../offline/person";
import { Remembered } from "../offline/remembered.svelte";
import { areGone, onGone } from "../swaps/gone";
import { endedSince } from "./ended";
import { matching } from "./matching";

export type Connection = Data<typeof People>["relationships"];
export type Person = Connection["edges"][number]["node"];

/** People shown at first and added by each press. */
const PAGE = 50;

interface Found {
	readonly people: readonly Person[];
	readonly after: string | null;
}

const wanted = (after: string | null) => ({ first: PAGE, after, search: null, kind: null });

export class PeopleList {
	isAdding = $state(false);
	/** What is shown was found on this phone alone, since the server could not be asked. */
	isFromPhone = $state(false);
	#pages = $state.raw<readonly Remembered<typeof People>[]>([new Remembered(People, wanted(null))]);
	#found = $state.raw<Found | null>(null);
	#searchTrouble = $state.raw<Trouble | null>(null);
	#kind: Person["kind"] = null;
	#search = "";
	#tries = 0;

	/** Everybody known, each once; a page may say again who stands on the one before. */
	get #known(): Person[] {
		const all = this.#pages.flatMap((page) => page.data?.relationships.edges.map(({ node }) => node) ?? []);
		return [...new Map(all.toReversed().map((person) => [person.id, person])).values()].toReversed();
	}

	/** Null until something is known. */
	get people(): readonly Person[] | null {
		const people = this.#found?.people ?? (this.#pages[0]?.data ? this.#known : null);
		return people?.map(withWaiting) ?? null;
	}

	/** There is nobody at all, whatever is looked for. */
	get isEmpty(): boolean {
		return this.#pages[0]?.data?.relationships.edges.length === 0;
	}

	get hasMore(): boolean {
		if (this.#found !== null) return this.#found.after !== null;
		return this.#pages.at(-1)?.data?.relationships.pageInfo.hasNextPage ?? false;
	}

	/** Why what is shown may be old; null while it is fresh. */
	get trouble(): Trouble | null {
		return this.#searchTrouble ?? this.#pages[0]?.trouble ?? null;
	}

	/** Hears who is gone and what came of what was written, until the answered function is called. */
	follow(): () => void {
		const stopLettingGo = onGone((isGone) => this.#letGo(isGone));
		const stopHearing = outbox.onSettled(({ item }) => {
			if (item.operation === "SetRelationshipKind" || item.operation === "LogTouch") return this.refresh();
		});
		return () => {
			stopLettingGo();
			stopHearing();
		};
	}

	/** Shows the first page that the phone kept, then asks the server. What ended while nobody was listening, at whichever
	 * event, is let go of everywhere. */
	async read(): Promise<void> {
		const [first] = this.#pages;
		const person = currentPerson();
		const kept = person === null ? null : await keptAnswer(person, People, wanted(null));
		await first?.read();
		if (first?.isFresh && first.data && kept) await areGone(endedSince(kept.relationships, first.data.relationships));
	}

	async refresh(): Promise<void> {
		await Promise.all(this.#pages.map((page) => page.refresh()));
		if (this.#isNarrowed) await this.choose(this.#kind, this.#search);
	}

	get #isNarrowed(): boolean {
		return this.#kind !== null || this.#search !== "";
	}

	/** Shows those of a kind, or with these words; what is shown stays until they are there. The last asked wins. */
	async choose(kind: Person["kind"], search: string): Promise<void> {
		this.#kind = kind;
		this.#search = search.trim();
		this.#tries += 1;
		if (!this.#isNarrowed) {
			this.#found = null;
			this.#searchTrouble = null;
			this.isFromPhone = false;
			return;
		}
		await this.#find(null);
	}

	/** The next page beneath what is shown. */
	async more(): Promise<void> {
		this.isAdding = true;
		if (this.#found !== null) await this.#find(this.#found);
		else {
			const after = this.#pages.at(-1)?.data?.relationships.pageInfo.endCursor ?? null;
			const page = new Remembered(People, wanted(after));
			await page.read();
			if (page.data !== null) this.#pages = [...this.#pages, page];
		}
		this.isAdding = false;
	}

	async #find(before: Found | null): Promise<void> {
		const mine = this.#tries;
		const asked = { first: PAGE, after: before?.after ?? null, search: this.#search || null, kind: this.#kind };
		const outcome = await send(People, asked);
		if (mine !== this.#tries) return;
		this.isFromPhone = outcome.kind !== "data";
		this.#searchTrouble = outcome.kind === "data" || outcome.kind === "offline" ? null : outcome;
		if (outcome.kind !== "data") {
			const known = await this.#onThisPhone();
			if (mine === this.#tries)
				this.#found = { people: matching(known, this.#kind, this.#search, unsentAbout), after: null };
			return;
		}
		const { edges, pageInfo } = outcome.data.relationships;
		const people = [...(before?.people ?? []), ...edges.map(({ node }) => node)];
		this.#found = { people, after: pageInfo.hasNextPage ? pageInfo.endCursor : null };
	}

	/** Everybody whom this phone ever read of, also on pages that are not shown. */
	async #onThisPhone(): Promise<Person[]> {
		const person = currentPerson();
		const people = new Map(this.#known.map((each) => [each.id, each]));
		let last = this.#pages.at(-1)?.data?.relationships.pageInfo;
		while (person !== null && last?.hasNextPage && last.endCursor) {
			const page = (await keptAnswer(person, People, wanted(last.endCursor)))?.relationships;
			for (const { node } of page?.edges ?? []) people.set(node.id, people.get(node.id) ?? node);
			last = page?.pageInfo;
		}
		return [...people.values()];
	}

	/** Whoever withdrew or was blocked is not shown one moment longer; what I wrote about them comes with the next answer. */
	#letGo(isGone: (swap: string) => boolean): void {
		const isLeft = ({ swaps }: Person) => !swaps.some(({ id }) => isGone(id));
		if (this.#found) this.#found = { ...this.#found, people: this.#found.people.filter(isLeft) };
		for (const page of this.#pages) {
			void page.change(({ relationships }) => ({
				relationships: { ...relationships, edges: relationships.edges.filter(({ node }) => isLeft(node)) },
			}));
		}
		void this.refresh();
	}
}

/** What I wrote about somebody that has not left the phone. */
function unsentAbout({ id, swaps }: Person): string[] {
	const items = [id, ...swaps.map((swap) => swap.id)].flatMap((thing) => outbox.contents.about(thing));
	return items.flatMap((item) => wordsOf(item) ?? []);
}

/** With the kind that waits to be said. */
function withWaiting(person: Person): Person {
	const said = outbox.contents.about(person.id).findLast(({ operation }) => operation === "SetRelationshipKind");
	return said?.operation === "SetRelationshipKind" ? { ...person, kind: said.variables.kind ?? null } : person;
}
