// What a door reads, in the form in which a roster knows it: the hashes of server/badges/tokens.py. Only hashes are kept on
// a door's phone, so that its list cannot be turned into tickets. tests/doors/codes.json holds both sides to it.
import type { Bytes } from "../vault/format";

const IN_ADDRESS = /^https?:\/\/[^/?#@\\\s]+\/([bt])\/([^/?#\s]+)$/i;
const TOKEN = /^[0-9A-HJKMNP-TV-Z]{26}$/;
const BADGE_CODE = /^[2-9A-HJKMNP-TW-Z]{8}$/;
const TICKET = /^[2-9A-HJKMNP-TW-Z]{10}$/;

const bare = (text: string): string => text.replace(/[\s-]/g, "").toUpperCase();

/** The token or the typed code of a badge; null when it is none. */
export function badgeIn(text: string): string | null {
	const [, place, token = ""] = IN_ADDRESS.exec(text.trim()) ?? [];
	if (place !== undefined)
		return place.toUpperCase() === "B" && TOKEN.test(token.toUpperCase()) ? token.toUpperCase() : null;
	return TOKEN.test(bare(text)) || BADGE_CODE.test(bare(text)) ? bare(text) : null;
}

/** Whether it can be nothing but a badge: eight characters may be another system's ticket. */
export const isSurelyBadge = (text: string): boolean => TOKEN.test(badgeIn(text) ?? "");

/** The ticket's code: ours without address, spaces and hyphens, else the text as it stands. */
export function ticketIn(text: string): string {
	const [, place, code = ""] = IN_ADDRESS.exec(text.trim()) ?? [];
	if (place?.toUpperCase() === "T") return code.toUpperCase();
	return TICKET.test(bare(text)) ? bare(text) : text.trim();
}

/** Under what a roster may know the code, the likeliest first; each base64url without padding. `event` is the event's id. */
export async function hashesOf(text: string, event: string): Promise<string[]> {
	const salt = uuidIn(event);
	const tickets = new Set([text, text.trim(), ticketIn(text)]);
	const badge = badgeIn(text);
	const ours = badge === null ? [] : [hash("handsel/badge/token\0", badge), hash("handsel/badge/code\0", salt, badge)];
	return Promise.all([...Array.from(tickets, (code) => hash("handsel/ticket\0", salt, code)), ...ours]);
}

/** The sixteen bytes that stand for the event in hashes: an event's id is one byte of kind and then these. */
function uuidIn(event: string): Bytes {
	const base64 = event.replaceAll("-", "+").replaceAll("_", "/");
	return Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0)).slice(1, 17);
}

async function hash(...parts: readonly (string | Bytes)[]): Promise<string> {
	const bytes = await new Blob([...parts]).arrayBuffer();
	const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
	const base64 = btoa(String.fromCharCode(...digest));
	return base64.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
