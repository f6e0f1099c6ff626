// The people of one day, page after page, by filter and name. A new answer replaces the old one in place; nothing of it
// is kept on the phone.
import { AttendanceRows } from "../graphql/documents.generated";
import type { Trouble } from "../graphql/outcome";
import { send } from "../graphql/server";
import type { Data } from "../graphql/trusted";
import { Calmly } from "./calmly";
import type { Show } from "./wording";

type Page = NonNullable<Data<typeof AttendanceRows>["attendance"]>["rows"];
export type AttendanceRow = Page["edges"][number]["node"];

/** Rows shown at first and added by each press. */
const PAGE = 50;
/** The most the server gives at once. */
const MOST = 100;

export class DayRows {
	/** Null until something is known. */
	rows = $state.raw<readonly AttendanceRow[] | null>(null);
	total = $state(0);
	hasMore = $state(false);
	isAdding = $state(false);
	trouble = $state.raw<Trouble | null>(null);
	#event: string;
	#on: string | null;
	#show: Show | null = null;
	#search = "";
	#wanted = PAGE;
	#tries = 0;
	/** What the person asked for last; figures that move wait for it. */
	#asked: Promise<void> = Promise.resolve();
	readonly #calmly = new Calmly(() => this.#again());

	constructor(event: string, on: string | null) {
		this.#event = event;
		this.#on = on;
	}

	/** Shows others; what is shown stays until they are there. */
	async choose(show: Show | null, search: string): Promise<void> {
		this.#show = show;
		this.#search = search.trim();
		this.#wanted = PAGE;
		await this.#ask();
	}

	/** The next page beneath what is shown. */
	async more(): Promise<void> {
		this.#wanted = (this.rows?.length ?? 0) + PAGE;
		this.isAdding = true;
		await this.#ask();
		this.isAdding = false;
	}

	/** Something moved: reads what is shown once more, soon and not too often. */
	moved(): void {
		this.#calmly.moved();
	}

	close(): void {
		this.#calmly.close();
		this.#tries += 1;
	}

	async #ask(): Promise<void> {
		this.#asked = this.#read();
		await this.#asked;
		if (this.trouble !== null) this.moved();
	}

	/** Reads what is shown once more, after all that was asked for; whether it could. */
	async #again(): Promise<boolean> {
		for (let asked: Promise<void> | null = null; asked !== this.#asked; ) {
			asked = this.#asked;
			await asked;
		}
		await this.#read();
		return this.trouble === null;
	}

	/** Everything from the top, as much as is wanted. When several readings are under way, the last asked wins. */
	async #read(): Promise<void> {
		this.#tries += 1;
		const mine = this.#tries;
		const read: AttendanceRow[] = [];
		let page = await this.#page(this.#wanted, null);
		while (page !== null && mine === this.#tries) {
			read.push(...page.edges.map(({ node }) => node));
			const { hasNextPage, endCursor } = page.pageInfo;
			if (!hasNextPage || read.length >= this.#wanted) {
				// Whoever got another name between two pages stands on both.
				this.rows = [...new Map(read.map((row) => [row.id, row])).values()];
				this.total = page.totalCount;
				this.hasMore = hasNextPage;
				return;
			}
			page = await this.#page(this.#wanted - read.length, endCursor);
		}
	}

	/** One page; null when there is none to be had, with `trouble` saying why. */
	async #page(first: number, after: string | null): Promise<Page | null> {
		const mine = this.#tries;
		const outcome = await send(AttendanceRows, {
			event: this.#event,
			on: this.#on,
			show: this.#show,
			search: this.#search || null,
			first: Math.min(MOST, first),
			after,
		});
		if (mine === this.#tries) this.trouble = outcome.kind === "data" ? null : outcome;
		return outcome.kind === "data" ? (outcome.data.attendance?.rows ?? null) : null;
	}
}
