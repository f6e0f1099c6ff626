// How a draft leaves the phone: by the system's share sheet, by mail, or by copying. The server never sends one.

export type Way = "share" | "mail" | "copy";

/** What this phone and this person offer. */
interface Possible {
	readonly canShare: boolean;
	/** The address they share with me; null while they share none. */
	readonly email: string | null;
}

/** The way a draft is sent: the phone's own sheet first, since it knows every messenger. */
export function wayToSend({ canShare, email }: Possible): Way {
	if (canShare) return "share";
	return email === null ? "copy" : "mail";
}

/** Whether the browser has a share sheet that takes text. */
export function canShare(text: string): boolean {
	if (typeof navigator.share !== "function") return false;
	return typeof navigator.canShare !== "function" || navigator.canShare({ text });
}

/** The address that opens the mail app with everything filled in. */
export function mailAddress(email: string, subject: string, text: string): string {
	// An address keeps its @ and +, as mail apps expect; spaces become %20, since a + would stay a plus.
	const to = encodeURIComponent(email).replaceAll("%40", "@").replaceAll("%2B", "+");
	return `mailto:${to}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(text.replace(/\r?\n/g, "\r\n"))}`;
}

/** `called-off` where the person closed the sheet, `refused` where the browser would not. */
export type Sent = "sent" | "called-off" | "refused";

export interface Message {
	readonly text: string;
	readonly subject: string;
	readonly email: string | null;
}

/** Hands the message over. It must be called from a press, or browsers refuse. */
export async function handOver(way: Way, { text, subject, email }: Message): Promise<Sent> {
	try {
		if (way === "share") await navigator.share({ text });
		else if (way === "copy") await navigator.clipboard.writeText(text);
		else location.assign(mailAddress(email ?? "", subject, text));
		return "sent";
	} catch (error) {
		return error instanceof DOMException && error.name === "AbortError" ? "called-off" : "refused";
	}
}
