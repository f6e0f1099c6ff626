// Bringing a list into an event: sent, read by the server, looked at, brought in. Nothing of a list is kept on the phone.
import { giveFile } from "../files/giving";
import {
	BringInImport,
	EventImports,
	ForgetImport,
	ImportFindings,
	OpenImport,
	PastImports,
	UseImportColumns,
} from "../graphql/documents.generated";
import { type Trouble, troubleInWords } from "../graphql/outcome";
import { download, send, upload } from "../graphql/server";
import type { Data } from "../graphql/trusted";
import type { TeamEvent } from "../team/team-event";

type Overview = NonNullable<Data<typeof EventImports>["eventImports"]>;
export type OpenList = NonNullable<Overview["open"]>;
export type Findings = NonNullable<
	NonNullable<NonNullable<Data<typeof ImportFindings>["eventImports"]>["open"]>["findings"]
>;
export type Column = Findings["columns"][number];
export type Use = Column["use"];
export type BadRow = Findings["badRows"][number];
export type Change = Findings["changes"][number];
export type ChangeKind = Change["kind"];
export type Past = Overview["past"]["edges"][number]["node"];

/** Milliseconds between two questions while a list is worked on, and while the server cannot be reached. */
const ASK_EACH = 600;
const ASK_AGAIN = 3_000;
/** Rows shown at once. */
const PAGE = 50;

const isUnderWay = ({ state }: OpenList): boolean => ["READING", "WAITING", "IMPORTING"].includes(state);

export class Importing {
	/** Null until something is known. */
	limits = $state.raw<{ readonly megabytes: number; readonly rows: number } | null>(null);
	open = $state.raw<OpenList | null>(null);
	findings = $state.raw<Findings | null>(null);
	badRows = $state.raw<readonly BadRow[]>([]);
	changes = $state.raw<readonly Change[]>([]);
	/** Which changes are shown; null for all. */
	kind = $state<ChangeKind | null>(null);
	past = $state.raw<readonly Past[]>([]);
	/** The server says that this is not open to me. */
	isNotMine = $state(false);
	/** Why the page could not be read at all. */
	trouble = $state.raw<Trouble | null>(null);
	/** A sentence about what I have just tried; null when it went well. */
	refusal = $state<string | null>(null);
	/** The server did not answer the last question about the list. */
	isAway = $state(false);
	isSending = $state(false);
	isAsking = $state(false);
	hasMorePast = $state(false);
	readonly #event: TeamEvent;
	#pastAfter: string | null = null;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#isClosed = false;

	constructor(event: TeamEvent) {
		this.#event = event;
	}

	async read(): Promise<void> {
		const outcome = await send(EventImports, { event: this.#event.id });
		if (outcome.kind !== "data") {
			this.trouble = outcome;
			return;
		}
		this.trouble = null;
		const found = outcome.data.eventImports;
		this.isNotMine = found === null;
		if (found === null) return;
		this.limits = { megabytes: found.mostMegabytes, rows: found.mostRows };
		this.past = found.past.edges.map(({ node }) => node);
		this.hasMorePast = found.past.pageInfo.hasNextPage;
		this.#pastAfter = found.past.pageInfo.endCursor;
		await this.#have(found.open);
	}

	/** Sends a list; `name` is the file's, null for what was pasted. */
	async send(list: Blob, name: string | null): Promise<void> {
		if (this.isSending) return;
		if (this.limits && list.size > this.limits.megabytes * 1024 * 1024) {
			this.refusal = `That file is larger than ${this.limits.megabytes} MB. Save the list alone, or split it.`;
			return;
		}
		this.isSending = true;
		this.refusal = null;
		const outcome = await upload(`/events/${this.#event.slug}/imports/${crypto.randomUUID()}`, list, name);
		if (outcome.kind === "data") await this.#look();
		else this.refusal = troubleInWords(outcome, "Nothing was brought in.");
		this.isSending = false;
	}

	/** Reads the list anew with these uses of its columns, or with another sheet. */
	async use(uses: readonly Use[] | null, sheet: string | null): Promise<void> {
		await this.#change((list) => send(UseImportColumns, { import: list.id, uses: uses && [...uses], sheet }));
	}

	async bringIn(skipBad: boolean): Promise<void> {
		await this.#change((list) => send(BringInImport, { import: list.id, skipBad }));
	}

	/** The list, and what is known of its rows, is deleted from the server. */
	async forget(): Promise<void> {
		const of = this.open;
		if (of === null || this.isAsking) return;
		this.isAsking = true;
		this.refusal = null;
		const outcome = await send(ForgetImport, { import: of.id });
		this.isAsking = false;
		if (outcome.kind === "data") await this.#have(null);
		else this.refusal = troubleInWords(outcome);
	}

	/** Shows changes of one kind, or all. */
	async show(kind: ChangeKind | null): Promise<void> {
		this.kind = kind;
		this.changes = [];
		await this.#find(0, 0);
	}

	async moreBadRows(): Promise<void> {
		await this.#find(this.badRows.length, null);
	}

	async moreChanges(): Promise<void> {
		await this.#find(null, this.changes.length);
	}

	async morePast(): Promise<void> {
		await this.#readPast(this.past);
	}

	/** Gives the person the rows to correct, as a file. */
	async saveBadRows(): Promise<void> {
		if (this.open === null) return;
		const type = "text/csv";
		const outcome = await download(`/events/${this.#event.slug}/imports/${this.open.key}/bad-rows.csv`, type);
		if (outcome.kind === "data") await giveFile(new File([outcome.data.bytes], outcome.data.name, { type }));
		else this.refusal = troubleInWords(outcome);
	}

	close(): void {
		this.#isClosed = true;
		clearTimeout(this.#timer);
	}

	async #change(
		ask: (
			list: OpenList,
		) => ReturnType<typeof send<typeof BringInImport>> | ReturnType<typeof send<typeof UseImportColumns>>,
	): Promise<void> {
		if (this.open === null || this.isAsking) return;
		this.isAsking = true;
		this.refusal = null;
		const outcome = await ask(this.open);
		this.isAsking = false;
		if (outcome.kind === "data") await this.#have(outcome.data);
		else this.refusal = troubleInWords(outcome, "Nothing was brought in.");
	}

	async #have(open: OpenList | null): Promise<void> {
		const wasDone = this.open?.state === "DONE";
		this.open = open;
		this.isAway = false;
		clearTimeout(this.#timer);
		if (open === null) {
			this.findings = null;
			return;
		}
		if (isUnderWay(open)) {
			if (!this.#isClosed) this.#timer = setTimeout(() => void this.#look(), ASK_EACH);
			return;
		}
		this.kind = null;
		await this.#find(0, 0);
		if (open.state === "DONE" && !wasDone) await this.#lookAtPast();
	}

	/** How far the list is. What is done with it does not depend on it. */
	async #look(): Promise<void> {
		const outcome = await send(OpenImport, { event: this.#event.id });
		if (this.#isClosed) return;
		if (outcome.kind === "data") {
			await this.#have(outcome.data.eventImports?.open ?? null);
			return;
		}
		this.isAway = true;
		this.#timer = setTimeout(() => void this.#look(), ASK_AGAIN);
	}

	async #lookAtPast(): Promise<void> {
		this.#pastAfter = null;
		await this.#readPast([]);
	}

	/** The next page after those; without an answer what is shown stays. */
	async #readPast(before: readonly Past[]): Promise<void> {
		const outcome = await send(PastImports, { event: this.#event.id, after: this.#pastAfter });
		if (outcome.kind !== "data")
			this.refusal = troubleInWords(outcome, "More of what was brought in before could not be read.");
		if (outcome.kind !== "data" || !outcome.data.eventImports) return;
		const { edges, pageInfo } = outcome.data.eventImports.past;
		this.past = [...before, ...edges.map(({ node }) => node)];
		this.hasMorePast = pageInfo.hasNextPage;
		this.#pastAfter = pageInfo.endCursor;
	}

	/** What was found: pages from these places on; null leaves those rows as they are. */
	async #find(badAfter: number | null, changesAfter: number | null): Promise<void> {
		const outcome = await send(ImportFindings, {
			event: this.#event.id,
			first: PAGE,
			badAfter: badAfter ?? 0,
			changesAfter: changesAfter ?? 0,
			kinds: this.kind && [this.kind],
		});
		if (outcome.kind !== "data") {
			this.refusal = troubleInWords(outcome);
			return;
		}
		const found = outcome.data.eventImports?.open?.findings ?? null;
		this.findings = found;
		if (found === null) return;
		if (badAfter !== null) this.badRows = [...this.badRows.slice(0, badAfter), ...found.badRows];
		if (changesAfter !== null) this.changes = [...this.changes.slice(0, changesAfter), ...found.changes];
	}
}
