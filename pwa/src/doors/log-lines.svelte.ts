// The lines of the doors' log that are on the screen: a page, and the ones after it. Read when asked for; nothing is kept.
import { DoorLog } from "../graphql/documents.generated";
import { type Trouble, troubleInWords } from "../graphql/outcome";
import { send } from "../graphql/server";
import type { LogLine } from "./wording";

const AT_ONCE = 50;

export type Show = "REFUSED" | "OFFLINE" | "UNDONE" | null;

export class LogLines {
	lines = $state.raw<readonly LogLine[] | null>(null);
	trouble = $state.raw<string | null>(null);
	isBusy = $state(false);
	hasMore = $state(false);
	readonly #event: string;
	#after: string | null = null;
	#reading = 0;

	constructor(event: string) {
		this.#event = event;
	}

	/** The newest lines of one door or all, perhaps only some. */
	async read(door: string | null, show: Show): Promise<void> {
		this.#after = null;
		await this.#page(door, show, []);
	}

	async more(door: string | null, show: Show): Promise<void> {
		await this.#page(door, show, this.lines ?? []);
	}

	async #page(door: string | null, show: Show, before: readonly LogLine[]): Promise<void> {
		const reading = ++this.#reading;
		this.isBusy = true;
		const asked = { event: this.#event, door, show, first: AT_ONCE, after: this.#after };
		const outcome = await send(DoorLog, asked);
		if (reading !== this.#reading) return;
		this.isBusy = false;
		this.trouble = outcome.kind === "data" ? null : troubleInWords(outcome as Trouble);
		if (outcome.kind !== "data") return;
		const { edges, pageInfo } = outcome.data.doorLog;
		this.lines = [...before, ...edges.map(({ node }) => node)];
		this.hasMore = pageInfo.hasNextPage;
		this.#after = pageInfo.endCursor;
	}
}
