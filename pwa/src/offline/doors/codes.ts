// What a door reads, in the form in which a roster knows it: the hashes of server/badges/tokens.py. Only hashes are kept on
// a door's phone, so that its list cannot be turned into tickets. tests/doors/codes.json holds both sides to it.
import type { Bytes } from "../vault/format";

const IN_ADDRESS = /^https?:\/\/[^/?#@\\\s]+\/([bt])\/([^/?#\s]+)$/i;
const TOKEN = /^[0-9A-HJKMNP-TV-Z]{26}$/;
const TICKET = /^[2-9A-HJKMNP-TW-Z]{10}$/;

const bare = (text: string): string => text.replace(/[\s-]/g, "").toUpperCase();

/** The token of a badge; null when it is none. A badge's short typed code is on no list: it could be guessed from one. */
function badgeIn(text: string): string | null {
	const [, place, token = ""] = IN_ADDRESS.exec(text.trim()) ?? [];
	const read = place === undefined ? bare(text) : place.toUpperCase() === "B" ? token.toUpperCase() : "";
	return TOKEN.test(read) ? read : null;
}

/** Whether it is a badge, and nothing else. */
export const isBadge = (text: string): boolean => badgeIn(text) !== null;

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
	const ours = badge === null ? [] : [hash("handsel/badge/token\0", badge)];
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
