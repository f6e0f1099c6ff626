// What a camera or a person gave, judged: a badge of this place, or why not. It opens nothing and follows nothing;
// a foreign code is answered in words only.
import { isolated } from "../ui/isolated";
import { FOREIGN, type ForeignCode, foreignCode } from "./foreign-code";
import { looksAlike } from "./look-alike";

/** Why a text is no badge. */
export type NotABadge =
	| ForeignCode
	/** Another website. */
	| "elsewhere"
	/** Another website under an address much like ours. */
	| "look-alike"
	/** A badge, and of another Handsel. */
	| "another-handsel"
	| "ticket"
	/** Ours, and no badge. */
	| "link"
	| "empty"
	| "odd-character"
	| "wrong-length";

export interface Refused {
	readonly kind: "not-a-badge";
	readonly reason: NotABadge;
	/** The host that a link leads to, as browsers write it: no other script, no control characters. */
	readonly place?: string;
}

/** `badge` is what the server is asked for: the 26 characters of the QR code, or the eight that were typed. */
export type BadgeText = { readonly kind: "badge"; readonly badge: string } | Refused;

/** Crockford's base 32, as badges and tickets are printed. */
const TOKEN = /^[0-9A-HJKMNP-TV-Z]{26}$/;
/** No two of these look or sound alike. */
const CODE = /^[2-9A-HJKMNP-TW-Z]{8}$/;
const TICKET = /^[2-9A-HJKMNP-TW-Z]{10}$/;
/** A host written plainly and a path: no user's name, no encoded sign, no backslash, no query, no fragment. */
const ADDRESS = /^https?:\/\/([a-z0-9.:[\]-]{1,255})(\/[^?#\\%\s]*)?$/i;
/** The same host, whatever follows. */
const PLAIN_HOST = /^https?:\/\/[a-z0-9.:[\]-]{1,255}([/?#]|$)/i;
const ANY_LINK = /^(https?:)?[/\\]{2}/i;
/** Longer than any address of ours, and than anything typed. */
const LONGEST = 512;
/** Of a long host, its end is shown: that is the part which says whose it is. */
const LONGEST_PLACE = 26;

const badge = (text: string): BadgeText => ({ kind: "badge", badge: text });
const not = (reason: NotABadge): Refused => ({ kind: "not-a-badge", reason });

/** What a QR code held. Only `/B/<token>` at `host` (as `location.host` has it) is a badge. */
export function readCode(text: string, host: string): BadgeText {
	const trimmed = text.trim();
	if (ANY_LINK.test(trimmed)) return readLink(trimmed.slice(0, LONGEST + 1), host.toLowerCase());
	return not(TICKET.test(trimmed.toUpperCase()) ? "ticket" : foreignCode(trimmed));
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

function readLink(text: string, ours: string): BadgeText {
	const place = hostOf(text);
	if (place === null) return not("elsewhere");
	if (place === ours && PLAIN_HOST.test(text)) return text.length > LONGEST ? not("link") : readOurs(text);
	if (looksAlike(text, ours)) return not("look-alike");
	return { ...not(isBadgePath(text) ? "another-handsel" : "elsewhere"), place };
}

function readOurs(text: string): BadgeText {
	const [, place, token, ...more] = pathOf(text);
	if (place === "T") return not("ticket");
	if (place !== "B" || token === undefined || more.length > 0 || !TOKEN.test(token)) return not("link");
	return badge(token);
}

/** Its steps in capitals, the first empty; none where there is more to it than a host and a path. */
const pathOf = (text: string): string[] => (ADDRESS.exec(text)?.[2] ?? "").toUpperCase().split("/");

function isBadgePath(text: string): boolean {
	const [, place, token, ...more] = pathOf(text);
	return place === "B" && TOKEN.test(token ?? "") && more.length === 0;
}

/** As the browser writes it: in small letters, other scripts encoded, no port that goes without saying. */
function hostOf(link: string): string | null {
	try {
		return new URL(link, "https://handsel.invalid").host || null;
	} catch {
		return null;
	}
}

const SENTENCES: Record<Exclude<NotABadge, ForeignCode>, (place: string | undefined) => string> = {
	elsewhere: (place) =>
		`This leads to another website${place ? `, ${place},` : ""} and not to a badge. It was not opened.`,
	"look-alike": () => "This leads to an address that only looks like this one. It was not opened.",
	"another-handsel": (place) =>
		`This badge belongs to another Handsel${place ? `, at ${place}` : ""}. Only badges of this event work here.`,
	ticket: () => "This is a ticket, not a badge. Ask them to show their badge.",
	link: () => "This code is from Handsel, but it is no badge. Ask them to show their badge.",
	empty: () => "Please type the code under the QR code.",
	"odd-character": () => "One of these is not in any code: 0, 1, I, L, O, U and V are never used.",
	"wrong-length": () => "A code has eight letters and digits.",
};

/** The refusal as a sentence for the person. */
export function notABadgeInWords({ reason, place }: Refused): string {
	if (reason === "script") return `This is ${FOREIGN.script}, not a badge. It was not run.`;
	if (reason in FOREIGN) return `This is ${FOREIGN[reason as ForeignCode]}, not a badge.`;
	const shown = place === undefined ? undefined : isolated(shortened(place));
	return SENTENCES[reason as Exclude<NotABadge, ForeignCode>](shown);
}

const shortened = (place: string): string =>
	place.length <= LONGEST_PLACE ? place : `…\u2060${place.slice(1 - LONGEST_PLACE)}`;
