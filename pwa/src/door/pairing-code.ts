// The code that makes a phone a door: from the address behind the #, from a QR code in view, or typed. Pure; it opens nothing.

const KINDS = ["DOOR", "KIOSK", "ROOM"] as const;

export interface PairingCode {
	readonly code: string;
	/** What it makes of a phone, as its address says; null where only the code is known. */
	readonly kind: (typeof KINDS)[number] | null;
}

/** The code in what stands behind an address's #, such as `ABCD2345&kind=KIOSK`; null where there is none. */
export function codeInFragment(values: URLSearchParams): PairingCode | null {
	const [code] = values.keys();
	const said = values.get("kind");
	return code ? { code, kind: KINDS.find((kind) => kind === said) ?? null } : null;
}

/** The code in a QR code that the organizers' screen shows; null for anything else. `host` is ours (`location.host`). */
export function codeInView(text: string, host: string): PairingCode | null {
	try {
		const { protocol, host: theirs, pathname, hash } = new URL(text.trim());
		const isOurs = /^https?:$/.test(protocol) && theirs === host && pathname === "/pair";
		return isOurs ? codeInFragment(new URLSearchParams(hash.slice(1))) : null;
	} catch {
		return null;
	}
}

/** What was typed, without the spaces and hyphens that make a code readable; the address itself is taken too. */
export function codeTyped(text: string, host: string): PairingCode | null {
	const code = text.replace(/[\s\p{Pd}]/gu, "");
	return codeInView(text, host) ?? (code === "" ? null : { code, kind: null });
}
