// Reads a vault as it comes over the wire, whatever the borders of its chunks. It holds one chunk and one record at a
// time, believes no count before it is met, and opens nothing.
import {
	type Bytes,
	ENTRY,
	GONE,
	LONGEST_HEADER,
	LONGEST_SEALED,
	LONGEST_TEXTS,
	LOOKUP_BYTES,
	MAGIC,
	NONCE_BYTES,
	TEXTS,
	type VaultHeader,
	type VaultRecord,
} from "./format";

/** What came is no vault, or less or more than it said it would be. Nothing of it may be used. */
export class NotAVault extends Error {}

export interface IncomingVault {
	readonly header: VaultHeader;
	/** Every record in the order sent. Throws `NotAVault` when there are not as many as the header says. */
	readonly records: AsyncGenerator<VaultRecord, void>;
}

/** Reads the header and answers the records to come. Throws `NotAVault`, and whatever the stream throws. */
export async function readVault(stream: ReadableStream<Uint8Array>): Promise<IncomingVault> {
	const incoming = new Incoming(stream.getReader());
	if (new TextDecoder().decode(await incoming.take(MAGIC.length)) !== MAGIC) throw new NotAVault("no vault");
	const length = await incoming.takeNumber(LONGEST_HEADER);
	const header = headerOf(new TextDecoder().decode(await incoming.take(length)));
	return { header, records: recordsOf(incoming, header) };
}

async function* recordsOf(incoming: Incoming, header: VaultHeader): AsyncGenerator<VaultRecord, void> {
	try {
		for (let left = header.records; left > 0; left -= 1) yield await recordOf(incoming);
		if (!(await incoming.isAtEnd())) throw new NotAVault("more than it said");
	} finally {
		await incoming.close();
	}
}

async function recordOf(incoming: Incoming): Promise<VaultRecord> {
	const [kind] = await incoming.take(1);
	if (kind === GONE) return { kind: "gone", lookup: await incoming.take(LOOKUP_BYTES) };
	if (kind === TEXTS) return { kind: "texts", deflated: await incoming.take(await incoming.takeNumber(LONGEST_TEXTS)) };
	if (kind !== ENTRY) throw new NotAVault("an unknown record");
	const lookup = await incoming.take(LOOKUP_BYTES);
	const version = await incoming.takeNumber(0xffff_ffff);
	const nonce = await incoming.take(NONCE_BYTES);
	const sealed = await incoming.take(await incoming.takeNumber(LONGEST_SEALED));
	return { kind: "entry", entry: { lookup, version, nonce, sealed } };
}

function headerOf(text: string): VaultHeader {
	const told = parsed(text);
	const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
	const isHeader =
		told.v === 1 &&
		typeof told.event === "string" &&
		typeof told.cursor === "string" &&
		typeof told.whole === "boolean" &&
		typeof told.madeAt === "string" &&
		[told.records, told.inVault].every(isCount);
	if (!isHeader) throw new NotAVault("an unknown header");
	return told as unknown as VaultHeader;
}

function parsed(text: string): Record<string, unknown> {
	try {
		const value: unknown = JSON.parse(text);
		if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
	} catch {
		// Said below, as for every header that is none.
	}
	throw new NotAVault("an unknown header");
}

/** Bytes taken from a stream in lengths of our own, each copied so that no whole chunk is kept alive by a part. */
class Incoming {
	#reader: ReadableStreamDefaultReader<Uint8Array>;
	#chunk: Uint8Array = new Uint8Array();
	#at = 0;

	constructor(reader: ReadableStreamDefaultReader<Uint8Array>) {
		this.#reader = reader;
	}

	async take(length: number): Promise<Bytes> {
		const taken = new Uint8Array(length);
		for (let filled = 0; filled < length; ) {
			if (await this.isAtEnd()) throw new NotAVault("broken off");
			const part = this.#chunk.subarray(this.#at, this.#at + length - filled);
			taken.set(part, filled);
			filled += part.length;
			this.#at += part.length;
		}
		return taken;
	}

	/** Four bytes, big-endian. */
	async takeNumber(most: number): Promise<number> {
		const number = new DataView((await this.take(4)).buffer).getUint32(0);
		if (number > most) throw new NotAVault("an impossible length");
		return number;
	}

	async isAtEnd(): Promise<boolean> {
		while (this.#at >= this.#chunk.length) {
			const { done, value } = await this.#reader.read();
			if (done) return true;
			this.#chunk = value;
			this.#at = 0;
		}
		return false;
	}

	/** Lets the network go; harmless when everything was read. */
	async close(): Promise<void> {
		await this.#reader.cancel().catch(() => undefined);
	}
}
