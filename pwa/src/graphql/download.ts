// Fetches a file from one of the server's plain routes, under the rules of every other request. It keeps nothing.
import { failure } from "./answer";
import type { Failure, Outcome } from "./outcome";

/** A file as it came: its bytes, and the name that the server gave it. */
export interface Download {
	readonly bytes: Blob;
	readonly name: string;
}

export interface DownloadOptions {
	/** Told of the part that is here, from 0 to 1, where the server said how long the whole is. */
	readonly onProgress?: (part: number) => void;
	/** POST where fetching the file is more than looking. */
	readonly method?: "GET" | "POST";
	/** Milliseconds of silence after which the network counts as none. */
	readonly patience?: number;
}

/** The header that tells our own page's requests from another's; a page elsewhere cannot add it without being asked. */
export const CLIENT = { "handsel-client": "pwa" };

const PATIENCE = 30_000;

/** Where the server's own sentence is what the person needs, with the name of the problem. */
const OWN_WORDS: Readonly<Record<number, string>> = { 409: "Changed", 429: "TooOften" };

/** Asks for the file at `url`. No promise of it rejects. */
export async function download(
	url: string,
	type: string,
	{ onProgress, method = "GET", patience = PATIENCE }: DownloadOptions = {},
): Promise<Outcome<Download>> {
	const silence = new AbortController();
	let timer = setTimeout(() => silence.abort(), patience);
	const heard = () => {
		clearTimeout(timer);
		timer = setTimeout(() => silence.abort(), patience);
	};
	try {
		const response = await fetch(url, {
			method,
			headers: { ...CLIENT, accept: type },
			credentials: "same-origin",
			cache: "no-store",
			redirect: "error",
			signal: silence.signal,
		});
		heard();
		const own = OWN_WORDS[response.status];
		if (own) return toldInOwnWords(own, await response.text());
		if (!response.ok) return byStatus(response.status) ?? { kind: "failed", failure: failure("missing") };
		// A captive portal answers everything with a page of its own.
		if (response.headers.get("content-type")?.split(";")[0] !== type) return { kind: "offline" };
		const parts: Uint8Array<ArrayBuffer>[] = [];
		const whole = Number(response.headers.get("content-length"));
		let here = 0;
		for await (const part of pieces(response)) {
			heard();
			parts.push(part);
			here += part.length;
			if (whole > 0) onProgress?.(Math.min(1, here / whole));
		}
		return { kind: "data", data: { bytes: new Blob(parts, { type }), name: nameOf(response) } };
	} catch {
		// fetch rejects for every kind of unreachable alike; the reasons are not for the person.
		return { kind: "offline" };
	} finally {
		clearTimeout(timer);
	}
}

/** What a status alone tells, where a proxy or a plain route spoke; null where that is nothing. */
export function byStatus(status: number): Outcome<never> | null {
	if (status === 401) return failed(failure("signed-out"));
	if (status === 403) return failed(failure("forbidden"));
	if (status === 429) return failed(failure("busy"));
	if (status === 502 || status === 503 || status === 504) return { kind: "offline" };
	if (status >= 500) return failed(failure("broken"));
	return null;
}

const failed = (failure: Failure): Outcome<never> => ({ kind: "failed", failure });

function toldInOwnWords(name: string, message: string): Outcome<never> {
	return {
		kind: "problem",
		problem: { name, message: message.trim(), field: null, retryAfter: null, mayCountLater: false },
	};
}

async function* pieces(response: Response): AsyncGenerator<Uint8Array<ArrayBuffer>> {
	const reader = response.body?.getReader();
	for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) yield next.value;
}

function nameOf(response: Response): string {
	return /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1] ?? "handsel";
}
