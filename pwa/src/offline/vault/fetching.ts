// Fetches one vault and hands it to the phone's database: everything the first time, what changed after that. No
// promise of this file rejects; a vault that could not be fetched whole changes nothing.
import { MEDIA_TYPE, type VaultRecord } from "./format";
import { NotAVault, readVault } from "./reading";
import { confirmVault, keptVault, Staging, SyncOvertaken, type VaultOf } from "./storing";

/** `left`: the person has no place there, or is signed out. `full`: the phone has no room. `unable`: no database at all. */
export type Fetched = "fetched" | "unchanged" | "offline" | "busy" | "left" | "full" | "unable" | "overtaken";

export interface WantedVault extends VaultOf {
	/** The event's name in addresses. */
	readonly slug: string;
	readonly forgetAt: number;
}

export interface FetchOptions {
	readonly signal: AbortSignal;
	/** The phone's time in milliseconds. */
	readonly now: () => number;
	/** Hears how many records have come, of how many. */
	readonly onprogress: (done: number, of: number) => void;
}

/** Milliseconds without a byte after which the network counts as gone. */
const STALLED = 20_000;
/** Records written at once: enough to be quick, few enough to be held. */
const BATCH = 250;

/** Brings the vault up to date. */
export async function fetchVault(wanted: WantedVault, options: FetchOptions): Promise<Fetched> {
	const clock = new Patience(options.signal);
	try {
		return await fetched(wanted, options, clock);
	} catch (error) {
		return reasonOf(error);
	} finally {
		clock.stop();
	}
}

async function fetched(wanted: WantedVault, options: FetchOptions, clock: Patience): Promise<Fetched> {
	const current = (await keptVault(wanted))?.current ?? null;
	const since = !current?.cursor ? "" : `?since=${encodeURIComponent(current.cursor)}`;
	const response = await fetch(`/events/${encodeURIComponent(wanted.slug)}/vault${since}`, {
		headers: {
			"handsel-client": "pwa",
			accept: MEDIA_TYPE,
			...(current?.etag ? { "if-none-match": current.etag } : {}),
		},
		credentials: "same-origin",
		cache: "no-store",
		// A captive portal answers every request with a way to its own page.
		redirect: "error",
		signal: clock.signal,
	});
	if (response.status === 304) {
		await confirmVault(wanted, options.now());
		return "unchanged";
	}
	if ([401, 403, 404].includes(response.status)) return "left";
	if (response.status === 429 || response.status === 503) return "busy";
	const isVault = response.ok && response.headers.get("content-type")?.startsWith(MEDIA_TYPE);
	if (!isVault || response.body === null) return "offline";
	return store(wanted, response.body.pipeThrough(clock.listening()), response.headers.get("etag"), options);
}

async function store(
	wanted: WantedVault,
	body: ReadableStream<Uint8Array>,
	etag: string | null,
	options: FetchOptions,
): Promise<Fetched> {
	const { person, event, forgetAt } = wanted;
	const { header, records } = await readVault(body);
	const staging = await Staging.begin({ person, event }, forgetAt);
	if (staging === null) return "unable";
	try {
		const of = header.whole ? header.inVault : header.records;
		for await (const done of written(records, staging)) options.onprogress(done, of);
		await staging.finish(header, etag, options.now());
		return "fetched";
	} catch (error) {
		await staging.abandon().catch(() => undefined);
		throw error;
	}
}

/** Writes the records in batches and answers after each how many cards there are by now; the texts are none. */
async function* written(records: AsyncIterable<VaultRecord>, staging: Staging): AsyncGenerator<number, void> {
	let batch: VaultRecord[] = [];
	let done = 0;
	for await (const record of records) {
		batch.push(record);
		if (batch.length < BATCH) continue;
		await staging.write(batch);
		done += cardsIn(batch);
		batch = [];
		yield done;
	}
	await staging.write(batch);
	yield done + cardsIn(batch);
}

const cardsIn = (batch: readonly VaultRecord[]): number => batch.filter(({ kind }) => kind !== "texts").length;

function reasonOf(error: unknown): Fetched {
	if (error instanceof SyncOvertaken) return "overtaken";
	if (error instanceof DOMException && error.name === "QuotaExceededError") return "full";
	// fetch and its stream reject for every kind of unreachable alike; a vault cut short is one more kind.
	if (error instanceof NotAVault || error instanceof TypeError) return "offline";
	return error instanceof DOMException && error.name !== "AbortError" ? "unable" : "offline";
}

/** Ends a fetch that has gone silent, and one that nobody waits for any more. */
class Patience {
	readonly signal: AbortSignal;
	#silence = new AbortController();
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(outer: AbortSignal) {
		this.signal = AbortSignal.any([outer, this.#silence.signal]);
		this.heard();
	}

	/** Hears every chunk on its way. */
	listening(): TransformStream<Uint8Array, Uint8Array> {
		return new TransformStream({
			transform: (chunk, controller) => {
				this.heard();
				controller.enqueue(chunk);
			},
		});
	}

	heard(): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => this.#silence.abort(), STALLED);
	}

	stop(): void {
		clearTimeout(this.#timer);
	}
}
