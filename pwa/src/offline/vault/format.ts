// What a vault looks like on the wire and inside an entry: the shapes and the numbers that server and phone agree on.
// docs/decisions/0014-the-vault-format.md says why; tests/vault/vectors.json holds both sides to it.

/** Bytes with a buffer of their own, as WebCrypto and the phone's database take them. */
export type Bytes = Uint8Array<ArrayBuffer>;

export const MEDIA_TYPE = "application/vnd.handsel.vault";
export const MAGIC = "HSV1";
export const ENTRY = 1;
export const GONE = 2;
export const TEXTS = 3;
export const LOOKUP_BYTES = 32;
export const NONCE_BYTES = 12;
/** Far above any header or card; a length past it means that this is no vault. */
export const LONGEST_HEADER = 65_536;
export const LONGEST_SEALED = 131_072;
export const LONGEST_TEXTS = 4_194_304;

export interface VaultHeader {
	/** The event as a UUID: what every entry's key is salted with. */
	readonly event: string;
	/** Where these changes end; opaque. */
	readonly cursor: string;
	/** True: this is everything there is. False: only what changed since the cursor that was sent. */
	readonly whole: boolean;
	/** How many records follow. */
	readonly records: number;
	/** How many cards the vault then holds for this person. */
	readonly inVault: number;
	/** RFC 3339, the server's time. */
	readonly madeAt: string;
}

/** One card as it lies on the phone: nobody can read it without the badge it belongs to. */
export interface SealedEntry {
	readonly lookup: Bytes;
	readonly version: number;
	readonly nonce: Bytes;
	readonly sealed: Bytes;
}

export type VaultRecord =
	| { readonly kind: "entry"; readonly entry: SealedEntry }
	| { readonly kind: "gone"; readonly lookup: Bytes }
	/** The texts of every prompt that entries name, deflated; they are the same for all. */
	| { readonly kind: "texts"; readonly deflated: Bytes };

export type Side = "A" | "B";
export type Phase = "OPEN" | "LEARN" | "HELP" | "WHO_ELSE" | "CLOSE";

/** A text by language, such as "en". */
export type Texts = Readonly<Record<string, string>>;

/** What the rule for picking reads of a prompt; `minutes` is how long it takes to answer. */
export interface Candidate {
	readonly key: string;
	readonly phase: Phase;
	readonly side: Side;
	readonly minutes: number;
}

/** A prompt of the library, as all entries share it. */
export interface LibraryPrompt extends Candidate {
	readonly text: Texts;
	readonly why: Texts;
}

/** A prompt kept ready for one card, with the words of the card that stand above it. */
export interface VaultPrompt extends LibraryPrompt {
	readonly quote: string | null;
}

/** What the owner opened to the event; of a closed card only the first name. */
export interface VaultCard {
	readonly name: string;
	readonly pronouns: string | null;
	readonly upTo: string | null;
}

/** What an entry holds once it is opened. */
export interface OpenedEntry {
	readonly version: number;
	readonly isOpen: boolean;
	readonly card: VaultCard;
	readonly prompts: readonly { readonly key: string; readonly quote: string | null }[];
}

/** The sixteen bytes of a UUID; null for anything else. */
export function bytesOfUuid(uuid: string): Bytes | null {
	const digits = uuid.replaceAll("-", "");
	return /^[0-9a-f]{32}$/i.test(digits) ? bytesOfHex(digits) : null;
}

export function bytesOfHex(digits: string): Bytes {
	return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

export function hexOf(bytes: Uint8Array): string {
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
