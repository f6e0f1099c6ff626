// Seals what a door keeps on its phone: AES-GCM under a key of its own that the browser gives to nobody, not even to this
// app. Decision 0044 says what somebody can still read who holds the unlocked phone.

import { database } from "../database";
import { type Bytes, NONCE_BYTES } from "../vault/format";

export interface Sealed {
	readonly nonce: Bytes;
	readonly sealed: Bytes;
}

/** A key that only this page holds, where the browser keeps nothing. */
const inThisPage = new Map<string, CryptoKey>();

/** The key of a place, made when there is none. Two tabs that make one at once agree on the first. */
export async function keyOf(place: string): Promise<CryptoKey> {
	const kept = (await (await database())?.get("doorKeys", place)) ?? inThisPage.get(place);
	if (kept) return kept;
	const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
	const transaction = (await database())?.transaction("doorKeys", "readwrite");
	const first = await transaction?.store.get(place);
	if (transaction && first === undefined) await transaction.store.put(made, place);
	await transaction?.done;
	if (!transaction) inThisPage.set(place, made);
	return first ?? made;
}

/** `about` is bound to it: what was sealed as one thing opens as no other. */
export async function seal(key: CryptoKey, about: string, value: unknown): Promise<Sealed> {
	const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
	const plain = new TextEncoder().encode(JSON.stringify(value));
	const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData: bytes(about) }, key, plain);
	return { nonce, sealed: new Uint8Array(sealed) };
}

/** What was sealed; null where this key does not open it. */
export async function unseal<T>(key: CryptoKey, about: string, { nonce, sealed }: Sealed): Promise<T | null> {
	try {
		const plain = await crypto.subtle.decrypt(
			{ name: "AES-GCM", iv: nonce, additionalData: bytes(about) },
			key,
			sealed,
		);
		return JSON.parse(new TextDecoder().decode(plain)) as T;
	} catch {
		return null;
	}
}

const bytes = (text: string): Bytes => new TextEncoder().encode(text);
