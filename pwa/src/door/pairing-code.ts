// The code that makes a phone a door: from the address behind the #, from a QR code in view, or typed. Pure; it opens nothing.

/** The code in a QR code that the organizers' screen shows; null for anything else. `host` is ours (`location.host`). */
export function codeInView(text: string, host: string): string | null {
	try {
		const { protocol, host: theirs, pathname, hash } = new URL(text.trim());
		const isOurs = /^https?:$/.test(protocol) && theirs === host && pathname === "/pair";
		return isOurs && hash.length > 1 ? hash.slice(1) : null;
	} catch {
		return null;
	}
}

/** What was typed, without the spaces and hyphens that make a code readable; the address itself is taken too. */
export const codeTyped = (text: string, host: string): string =>
	codeInView(text, host) ?? text.replace(/[\s\p{Pd}]/gu, "");
