// Files of attendance for an organizer: asked for, watched until they are there, saved; and the log of who made one.
// Nothing of it is kept on the phone, and a file lies in memory only until it is handed over.
import { giveFile } from "../files/giving";
import { AttendanceExports, ExportAttendance } from "../graphql/documents.generated";
import { type Trouble, troubleInWords } from "../graphql/outcome";
import { download, send } from "../graphql/server";
import type { Data } from "../graphql/trusted";

export type Export = Data<typeof AttendanceExports>["attendanceExports"][number];
export type Contents = Export["contents"];
export type Format = Export["format"];

/** Milliseconds between two questions while a file is written, and while the server cannot be reached. */
const ASK_EACH = 700;
const ASK_AGAIN = 3_000;

const TYPES: Record<Format, string> = {
	CSV: "text/csv",
	XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

export const isUnderWay = ({ mine, state }: Export): boolean => mine && (state === "WAITING" || state === "MAKING");

export class Exporting {
	/** The newest first; null until something is known. */
	log = $state.raw<readonly Export[] | null>(null);
	/** Why the log could not be read. */
	trouble = $state.raw<Trouble | null>(null);
	/** A sentence about what I have just tried; null when it went well. */
	refusal = $state<string | null>(null);
	isAsking = $state(false);
	/** The id of the export whose file is being fetched. */
	fetching = $state<string | null>(null);
	readonly #event: { readonly id: string; readonly slug: string };
	#timer: ReturnType<typeof setTimeout> | undefined;
	#isClosed = false;
	/** One key for one wish, so that a lost answer makes no second file. */
	#wish: { readonly asked: string; readonly key: string } | null = null;

	constructor(event: { readonly id: string; readonly slug: string }) {
		this.#event = event;
	}

	async read(): Promise<void> {
		const outcome = await send(AttendanceExports, { event: this.#event.id });
		if (this.#isClosed) return;
		if (outcome.kind === "data") {
			this.trouble = null;
			const underWay = new Set(this.log?.filter(isUnderWay).map(({ id }) => id));
			const failed = outcome.data.attendanceExports.some(({ id, state }) => state === "FAILED" && underWay.has(id));
			if (failed) this.refusal = "That file could not be made. Please ask for it once more.";
			this.log = outcome.data.attendanceExports;
		} else {
			this.trouble = outcome;
		}
		clearTimeout(this.#timer);
		if (!this.log?.some(isUnderWay)) return;
		this.#timer = setTimeout(() => void this.read(), outcome.kind === "data" ? ASK_EACH : ASK_AGAIN);
	}

	/** Asks for a file; `on` is a day of the event, YYYY-MM-DD, null for all of them. */
	async make(contents: Contents, format: Format, on: string | null): Promise<void> {
		if (this.isAsking) return;
		const asked = JSON.stringify([contents, format, on]);
		this.#wish = this.#wish?.asked === asked ? this.#wish : { asked, key: crypto.randomUUID() };
		this.isAsking = true;
		this.refusal = null;
		const variables = { event: this.#event.id, key: this.#wish.key, contents, format, on };
		const outcome = await send(ExportAttendance, variables);
		this.isAsking = false;
		if (outcome.kind !== "data") {
			// Perhaps only the answer was lost; the same wish again is the same file.
			this.refusal = troubleInWords(outcome, "If the file is made all the same, asking again makes no second one.");
			return;
		}
		this.#wish = null;
		await this.read();
	}

	/** Fetches a file and gives it to the person. */
	async fetch(file: Export): Promise<void> {
		if (this.fetching !== null) return;
		this.fetching = file.id;
		this.refusal = null;
		const type = TYPES[file.format];
		const address = `/events/${this.#event.slug}/attendance-exports/${file.key}`;
		const outcome = await download(address, type, { method: "POST" });
		if (outcome.kind === "data") await giveFile(new File([outcome.data.bytes], outcome.data.name, { type }));
		else this.refusal = troubleInWords(outcome, "The file is still there for you.");
		this.fetching = null;
		await this.read();
	}

	close(): void {
		this.#isClosed = true;
		clearTimeout(this.#timer);
	}
}
