// Keeps a vault in the phone's database. A new one is written beside the old and takes its place in one transaction, so
// that a sync which breaks off leaves the old one whole. Entries stay sealed; nothing here can open one.
import { database } from "../database";
import { type Bytes, hexOf, type SealedEntry, type VaultHeader, type VaultRecord } from "./format";

/** A vault that is whole and in use. */
export interface CurrentVault {
	/** Which of the kept records are its entries. */
	readonly generation: string;
	/** The event as the UUID that keys are salted with. */
	readonly salt: string;
	/** Where it stands; null when it does not hold what it should, so that the next sync brings everything. */
	readonly cursor: string | null;
	readonly etag: string | null;
	/** How many cards it holds. */
	readonly cards: number;
	/** The phone's time in milliseconds at which the server last said that this is all there is. */
	readonly checkedAt: number;
}

export interface KeptVault {
	readonly person: string;
	readonly event: string;
	/** After this (milliseconds) nothing of it may stay on the phone. */
	readonly forgetAt: number;
	readonly current: CurrentVault | null;
	/** The generation that a sync is writing; null while none is under way. */
	readonly staging: string | null;
}

/** What lies under [generation, lookup]. While a vault is being written, an entry may stand there as gone. */
export type KeptRecord =
	| ({ readonly kind: "entry" } & Omit<SealedEntry, "lookup">)
	| { readonly kind: "gone" }
	| { readonly kind: "texts"; readonly deflated: Bytes };

/** In the place of a lookup, for the texts; no lookup in hexadecimal digits is this word. */
const TEXTS = "texts";

/** Whose vault, and of which event (its id, opaque). */
export interface VaultOf {
	readonly person: string;
	readonly event: string;
}

/** Another tab began to write the same vault, or the person left meanwhile; this sync must end. */
export class SyncOvertaken extends Error {}

const all = (generation: string) => IDBKeyRange.bound([generation], [generation, []]);
/** Without the texts, which stand after every lookup. */
const lookupsOf = (generation: string) => IDBKeyRange.bound([generation], [generation, TEXTS], false, true);

export async function keptVault({ person, event }: VaultOf): Promise<KeptVault | null> {
	return (await (await database())?.get("vaults", [person, event])) ?? null;
}

/** The sealed entry under this lookup, of the vault in use. */
export async function keptEntry(vault: CurrentVault, lookup: SealedEntry["lookup"]): Promise<SealedEntry | null> {
	const kept = await (await database())?.get("vaultEntries", [vault.generation, hexOf(lookup)]);
	return kept?.kind === "entry" ? { lookup, ...kept } : null;
}

/** The texts that its prompts have, deflated. */
export async function keptTexts(vault: CurrentVault): Promise<Bytes | null> {
	const kept = await (await database())?.get("vaultEntries", [vault.generation, TEXTS]);
	return kept?.kind === "texts" ? kept.deflated : null;
}

/** The vault was compared with the server's and is still the same. */
export async function confirmVault({ person, event }: VaultOf, now: number): Promise<void> {
	const transaction = (await database())?.transaction("vaults", "readwrite");
	const kept = await transaction?.store.get([person, event]);
	if (kept?.current) await transaction?.store.put({ ...kept, current: { ...kept.current, checkedAt: now } });
	await transaction?.done;
}

/** A vault being written beside the one in use. */
export class Staging {
	#of: VaultOf;
	#generation: string;

	private constructor(of: VaultOf, generation: string) {
		this.#of = of;
		this.#generation = generation;
	}

	/** Begins anew; what an earlier sync left half-written goes. Null where the browser allows no database. */
	static async begin(of: VaultOf, forgetAt: number): Promise<Staging | null> {
		const transaction = (await database())?.transaction(["vaults", "vaultEntries"], "readwrite");
		if (!transaction) return null;
		const generation = crypto.randomUUID();
		const vaults = transaction.objectStore("vaults");
		const kept = await vaults.get([of.person, of.event]);
		if (kept?.staging) await transaction.objectStore("vaultEntries").delete(all(kept.staging));
		await vaults.put({ ...of, forgetAt, current: kept?.current ?? null, staging: generation });
		await transaction.done;
		return new Staging(of, generation);
	}

	/** Writes some records. Throws `SyncOvertaken`, and a `QuotaExceededError` when the phone is full. */
	async write(records: readonly VaultRecord[]): Promise<void> {
		const { transaction, vaults, entries } = await this.#open();
		await this.#mine(vaults);
		for (const record of records) void entries.put(...this.#row(record)).catch(() => undefined);
		await transaction.done;
	}

	/** Puts what was written in use, at once and whole. */
	async finish(header: VaultHeader, etag: string | null, now: number): Promise<void> {
		const { transaction, vaults, entries } = await this.#open();
		const kept = await this.#mine(vaults);
		const former = kept.current?.generation ?? null;
		const generation = header.whole || former === null ? this.#generation : former;
		if (former !== null && former !== generation) await entries.delete(all(former));
		if (generation !== this.#generation) {
			for (let row = await entries.openCursor(all(this.#generation)); row !== null; row = await row.continue()) {
				const key: [string, string] = [generation, row.key[1]];
				if (row.value.kind === "gone") void entries.delete(key).catch(() => undefined);
				else void entries.put(row.value, key).catch(() => undefined);
			}
			await entries.delete(all(this.#generation));
		}
		const cards = await entries.count(lookupsOf(generation));
		const at = cards === header.inVault ? { cursor: header.cursor, etag } : { cursor: null, etag: null };
		await vaults.put({
			...kept,
			current: { generation, salt: header.event, cards, checkedAt: now, ...at },
			staging: null,
		});
		await transaction.done;
	}

	/** Takes back what was written; the vault in use stays as it was. */
	async abandon(): Promise<void> {
		const { transaction, vaults, entries } = await this.#open();
		const kept = await vaults.get([this.#of.person, this.#of.event]);
		if (kept?.staging === this.#generation) await vaults.put({ ...kept, staging: null });
		await entries.delete(all(this.#generation));
		await transaction.done;
	}

	#row(record: VaultRecord): [KeptRecord, [string, string]] {
		if (record.kind === "texts") return [record, [this.#generation, TEXTS]];
		if (record.kind === "gone") return [{ kind: "gone" }, [this.#generation, hexOf(record.lookup)]];
		const { lookup, ...kept } = record.entry;
		return [{ kind: "entry", ...kept }, [this.#generation, hexOf(lookup)]];
	}

	async #open() {
		const transaction = (await database())?.transaction(["vaults", "vaultEntries"], "readwrite");
		if (!transaction) throw new SyncOvertaken();
		return { transaction, vaults: transaction.objectStore("vaults"), entries: transaction.objectStore("vaultEntries") };
	}

	async #mine(vaults: { get(key: [string, string]): Promise<KeptVault | undefined> }): Promise<KeptVault> {
		const kept = await vaults.get([this.#of.person, this.#of.event]);
		if (kept?.staging !== this.#generation) throw new SyncOvertaken();
		return kept;
	}
}

/** Forgets the vaults that `isMeant` names, with every entry of theirs. */
export async function forgetVaults(isMeant: (vault: KeptVault) => boolean): Promise<void> {
	const transaction = (await database())?.transaction(["vaults", "vaultEntries"], "readwrite");
	if (!transaction) return;
	const vaults = transaction.objectStore("vaults");
	for (const vault of (await vaults.getAll()).filter(isMeant)) {
		for (const generation of [vault.current?.generation, vault.staging]) {
			if (generation) await transaction.objectStore("vaultEntries").delete(all(generation));
		}
		await vaults.delete([vault.person, vault.event]);
	}
	await transaction.done;
}
