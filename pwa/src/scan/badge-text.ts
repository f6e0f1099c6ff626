// What a camera or a person gave, judged: a badge of this place, or why not. It opens nothing and follows nothing;
// a foreign code is answered in words only.

/** Why a text is no badge. */
export type NotABadge =
	| "another-place"
	| "ticket"
	| "link"
	| "wifi"
	| "contact"
	| "foreign"
	| "empty"
	| "odd-character"
	| "wrong-length";

/** `badge` is what the server is asked for: the 26 characters of the QR code, or the eight that were typed. */
export type BadgeText =
	| { readonly kind: "badge"; readonly badge: string }
	| { readonly kind: "not-a-badge"; readonly reason: NotABadge };

/** Crockford's base 32, as badges and tickets are printed. */
const TOKEN = /^[0-9A-HJKMNP-TV-Z]{26}$/;
/** No two of these look or sound alike. */
const CODE = /^[2-9A-HJKMNP-TW-Z]{8}$/;
const TICKET = /^[2-9A-HJKMNP-TW-Z]{10}$/;
/** A host and a path and nothing else: no user's name, no encoded sign, no backslash, no query, no fragment. */
const ADDRESS = /^https?:\/\/([^/?#@\\%\s]{1,255})(\/[^?#\\%\s]*)?$/i;
const ANY_LINK = /^(https?:)?\/\//i;
/** Longer than any address of ours; a code that holds a whole page is not looked at further. */
const LONGEST = 512;

const badge = (text: string): BadgeText => ({ kind: "badge", badge: text });
const not = (reason: NotABadge): BadgeText => ({ kind: "not-a-badge", reason });

/** What a QR code held. Only `/B/<token>` at `host` (as `location.host` has it) is a badge. */
export function readCode(text: string, host: string): BadgeText {
	const start = text.slice(0, 16).trimStart().toUpperCase();
	if (start.startsWith("WIFI:")) return not("wifi");
	if (start.startsWith("BEGIN:VCARD") || start.startsWith("MECARD:")) return not("contact");
	if (text.length > LONGEST) return not("foreign");
	const trimmed = text.trim();
	if (TICKET.test(trimmed.toUpperCase())) return not("ticket");
	const address = ADDRESS.exec(trimmed);
	if (address === null) return not(ANY_LINK.test(trimmed) ? "another-place" : "foreign");
	if (!isHost(address[1] ?? "", host)) return not("another-place");
	const [, place, token, ...more] = (address[2] ?? "").toUpperCase().split("/");
	if (place === "T") return not("ticket");
	if (place !== "B" || token === undefined || more.length > 0 || !TOKEN.test(token)) return not("link");
	return badge(token);
}

/** What a person typed: the eight characters under the QR code, with any spaces, hyphens and capitals; or the address itself. */
export function readTyped(text: string, host: string): BadgeText {
	if (text.length > LONGEST) return not("wrong-length");
	if (ANY_LINK.test(text.trim())) return readCode(text, host);
	const bare = text.replace(/[\s\p{Pd}]/gu, "").toUpperCase();
	if (bare === "") return not("empty");
	if (CODE.test(bare)) return badge(bare);
	if (TICKET.test(bare)) return not("ticket");
	return not(bare.length === 8 ? "odd-character" : "wrong-length");
}

/** Compared as the browser writes hosts, so that capitals and a port that goes without saying make no difference. */
function isHost(written: string, host: string): boolean {
	const ours = host.toLowerCase();
	return hostOf(`http://${written}`) === ours || hostOf(`https://${written}`) === ours;
}

function hostOf(address: string): string | null {
	try {
		return new URL(address).host;
	} catch {
		return null;
	}
}

const SENTENCES: Record<NotABadge, string> = {
	"another-place": "That code leads to another website. Only badges of this event work here.",
	ticket: "That is a ticket, for the door. Ask them to show their badge.",
	link: "That code belongs to Handsel but is no badge. Ask them to show their badge.",
	wifi: "That code is for a Wi-Fi network. Point at the code on a badge.",
	contact: "That code is a contact card. Point at the code on a badge.",
	foreign: "That code is no badge of this event. Point at the code on a badge.",
	empty: "Please type the code under the QR code.",
	"odd-character": "One of these is not in any code: 0, 1, I, L, O, U and V are never used.",
	"wrong-length": "A code has eight letters and digits.",
};

/** The refusal as a sentence for the person. */
export const notABadgeInWords = (reason: NotABadge): string => SENTENCES[reason];
