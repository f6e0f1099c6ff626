// What a code that is no link is instead: told by how it begins, never by following it.

/** Each kind with what it is called in "This is …, not a badge." */
export const FOREIGN = {
	wifi: "a Wi-Fi code",
	contact: "a contact card",
	phone: "a phone number",
	message: "a text message",
	mail: "a mail address",
	secret: "a secret code for signing in",
	place: "a place on a map",
	calendar: "a calendar entry",
	payment: "a payment code",
	script: "a small program",
	app: "a link into another app",
	text: "plain text",
	long: "a long text",
	data: "a code for machines",
	nothing: "an empty code",
} as const;

export type ForeignCode = keyof typeof FOREIGN;

const BEGINNINGS: readonly (readonly [RegExp, ForeignCode])[] = [
	[/^(wifi|dpp):/i, "wifi"],
	[/^(begin:vcard|mecard:|bizcard:)/i, "contact"],
	[/^(tel|callto|facetime|facetime-audio):/i, "phone"],
	[/^(sms|smsto|mms|mmsto|im|xmpp):/i, "message"],
	[/^(mailto|matmsg|smtp):/i, "mail"],
	[/^(otpauth|otpauth-migration|fido):/i, "secret"],
	[/^geo:/i, "place"],
	[/^(begin:vcalendar|begin:vevent|webcal:)/i, "calendar"],
	// The European transfer, the Swiss bill, the codes that shops show, and coins.
	[/^(bcd\r?\n|spc\r?\n|0002010[12]|upi:|bitcoin:|ethereum:|lightning:|paypal:|swish:)/i, "payment"],
	[/^(javascript|vbscript|data|blob|about|view-source):/i, "script"],
	[/^[a-z][a-z0-9+.-]{1,30}:\S+$/i, "app"],
];
/** A name that is worth reading is shorter. */
const LONGEST = 512;
/** Bytes that are no text come out as these: control characters, lone surrogates, and the sign for what cannot be read. */
const NO_TEXT = /(?![\t\r\n])[\p{Cc}\p{Cs}]|\ufffd/u;

/** What a text without white space around it is, where it is neither a link nor ours. */
export function foreignCode(text: string): ForeignCode {
	if (text === "") return "nothing";
	const known = BEGINNINGS.find(([beginning]) => beginning.test(text))?.[1];
	if (known !== undefined) return known;
	if (NO_TEXT.test(text)) return "data";
	return text.length > LONGEST ? "long" : "text";
}
