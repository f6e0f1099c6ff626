// Opens one entry with the token of its badge, by WebCrypto. Whatever goes wrong means one thing only: this badge's
// card is not in the vault.
import { type Bytes, bytesOfUuid, LOOKUP_BYTES, type OpenedEntry, type SealedEntry } from "./format";
import { inflated } from "./inflating";
import { readOpened } from "./judging";

const bytes = (text: string): Bytes => new TextEncoder().encode(text);

function joined(...parts: readonly Uint8Array[]): Bytes {
	const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return whole;
}

function uint32(number: number): Bytes {
	const four = new Uint8Array(4);
	new DataView(four.buffer).setUint32(0, number);
	return four;
}

/** Under what a badge's entry lies; it tells nothing about the token. */
export async function lookupOf(token: string): Promise<Bytes> {
	return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes(`handsel/vault/lookup${token}`)));
}

/** The card and its prompts, or null where `token` does not open the entry. `event` is the UUID of the vault's header. */
export async function openEntry(token: string, event: string, entry: SealedEntry): Promise<OpenedEntry | null> {
	try {
		const salt = bytesOfUuid(event);
		if (salt === null || entry.lookup.length !== LOOKUP_BYTES) return null;
		const plain = await decrypted(await keyOf(token, salt), salt, entry);
		return readOpened(await unpacked(plain), entry.version);
	} catch {
		return null;
	}
}

async function keyOf(token: string, salt: Bytes): Promise<CryptoKey> {
	const secret = await crypto.subtle.importKey("raw", bytes(token), "HKDF", false, ["deriveKey"]);
	const derivation = { name: "HKDF", hash: "SHA-256", salt, info: bytes("handsel/vault/card") };
	return crypto.subtle.deriveKey(derivation, secret, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
}

async function decrypted(key: CryptoKey, salt: Bytes, { lookup, version, nonce, sealed }: SealedEntry): Promise<Bytes> {
	const additionalData = joined(bytes("handsel/vault/1"), salt, lookup, uint32(version));
	return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv: nonce, additionalData }, key, sealed));
}

/** The JSON inside: its length first, then deflated, then zeros that hide how long it is. */
async function unpacked(plain: Bytes): Promise<unknown> {
	const length = new DataView(plain.buffer).getUint32(0);
	if (length > plain.length - 4) throw new RangeError("shorter than it says");
	return inflated(plain.subarray(4, 4 + length));
}
