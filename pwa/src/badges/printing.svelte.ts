// Sheets of badges for an organizer: what can be printed, the one set that is made for me, and its file. Nothing of it is
// kept on the phone, and the file lies in memory only until it is handed over.
import { giveFile } from "../files/giving";
import { BadgePrinting, BadgeSheets, DiscardBadgeSheets, MakeBadgeSheets } from "../graphql/documents.generated";
import { type Trouble, troubleInWords } from "../graphql/outcome";
import { download, send } from "../graphql/server";
import type { Data } from "../graphql/trusted";
import type { TeamEvent } from "../team/team-event";

export type Overview = NonNullable<Data<typeof BadgePrinting>["badgePrinting"]>;
export type Paper = Overview["papers"][number];
export type Sheets = NonNullable<Overview["sheets"]>;
export type Wanted = Sheets["wanted"];
export type Order = "NAME" | "TICKET";

/** Milliseconds between two questions while sheets are made, and while the server cannot be reached. */
const ASK_EACH = 700;
const ASK_AGAIN = 3_000;

const isUnderWay = (sheets: Sheets | null): boolean => sheets?.state === "WAITING" || sheets?.state === "MAKING";

export class Printing {
	/** Null until something is known. */
	overview = $state.raw<Overview | null>(null);
	sheets = $state.raw<Sheets | null>(null);
	/** The server says that this is not open to me. */
	isNotMine = $state(false);
	/** Why the page could not be read at all. */
	trouble = $state.raw<Trouble | null>(null);
	/** A sentence about what I have just tried; null when it went well. */
	refusal = $state<string | null>(null);
	/** The server did not answer the last question about the sheets. */
	isAway = $state(false);
	isAsking = $state(false);
	isFetching = $state(false);
	readonly #event: TeamEvent;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#isClosed = false;
	/** One key for one wish, so that a lost answer makes no second set. */
	#wish: { readonly asked: string; readonly key: string } | null = null;

	constructor(event: TeamEvent) {
		this.#event = event;
	}

	async read(): Promise<void> {
		const outcome = await send(BadgePrinting, { event: this.#event.id });
		if (outcome.kind !== "data") {
			this.trouble = outcome;
			return;
		}
		this.trouble = null;
		this.isNotMine = outcome.data.badgePrinting === null;
		this.overview = outcome.data.badgePrinting;
		this.#have(outcome.data.badgePrinting?.sheets ?? null);
	}

	/** Asks for sheets; `registration` for one person's. */
	async make(wanted: Wanted, paper: Paper["name"], order: Order, registration: string | null = null): Promise<void> {
		if (this.isAsking) return;
		const asked = JSON.stringify([wanted, paper, order, registration]);
		this.#wish = this.#wish?.asked === asked ? this.#wish : { asked, key: crypto.randomUUID() };
		this.isAsking = true;
		this.refusal = null;
		const variables = { event: this.#event.id, key: this.#wish.key, paper, wanted, order, registration };
		const outcome = await send(MakeBadgeSheets, variables);
		this.isAsking = false;
		if (outcome.kind !== "data") {
			this.refusal = troubleInWords(outcome, "Nothing was printed.");
			return;
		}
		this.#wish = null;
		this.#have(outcome.data);
	}

	/** Fetches the file and gives it to the person. From the first time on its badges count as printed. */
	async fetch(): Promise<void> {
		const key = this.sheets?.key;
		if (key === undefined || this.isFetching) return;
		this.isFetching = true;
		this.refusal = null;
		const type = "application/pdf";
		const outcome = await download(`/events/${this.#event.slug}/badge-sheets/${key}`, type, { method: "POST" });
		if (outcome.kind === "data") await giveFile(new File([outcome.data.bytes], outcome.data.name, { type }));
		else this.refusal = troubleInWords(outcome, "The file is still there for you.");
		this.isFetching = false;
		await this.read();
	}

	/** Cancels what is being made, or deletes what is ready. */
	async discard(): Promise<void> {
		this.refusal = null;
		const outcome = await send(DiscardBadgeSheets, { event: this.#event.id });
		if (outcome.kind === "data") this.#have(null);
		else this.refusal = troubleInWords(outcome);
	}

	close(): void {
		this.#isClosed = true;
		clearTimeout(this.#timer);
	}

	#have(sheets: Sheets | null): void {
		this.sheets = sheets;
		this.isAway = false;
		clearTimeout(this.#timer);
		if (isUnderWay(sheets) && !this.#isClosed) this.#timer = setTimeout(() => void this.#look(), ASK_EACH);
	}

	/** How far the sheets are. What is being made does not depend on it. */
	async #look(): Promise<void> {
		const key = this.sheets?.key;
		const outcome = await send(BadgeSheets, { event: this.#event.id });
		if (this.#isClosed || this.sheets?.key !== key) return;
		if (outcome.kind === "data") {
			this.#have(outcome.data.badgePrinting?.sheets ?? null);
			return;
		}
		this.isAway = true;
		this.#timer = setTimeout(() => void this.#look(), ASK_AGAIN);
	}
}
