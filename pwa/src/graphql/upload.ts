// Sends a file to one of the server's plain routes, under the rules of every other request. It keeps nothing.
import { failure } from "./answer";
import { byStatus, CLIENT } from "./download";
import type { Outcome } from "./outcome";

/** Milliseconds for the whole file: twenty megabytes over a venue's network take their time. */
const PATIENCE = 180_000;

/** Where the server's own sentence is what the person needs, with the name of the problem. */
const OWN_WORDS: Readonly<Record<number, string>> = { 409: "KeyReused", 413: "TooLarge", 429: "TooOften" };

/** Sends `file` to `url`; `name` is told where it has one. No promise of it rejects. */
export async function upload(
	url: string,
	file: Blob,
	name: string | null,
	patience = PATIENCE,
): Promise<Outcome<null>> {
	try {
		const response = await fetch(url, {
			method: "POST",
			headers: {
				...CLIENT,
				"content-type": "application/octet-stream",
				...(name === null ? {} : { "handsel-file-name": encodeURIComponent(name) }),
			},
			credentials: "same-origin",
			cache: "no-store",
			redirect: "error",
			body: file,
			signal: AbortSignal.timeout(patience),
		});
		if (response.status === 202) return { kind: "data", data: null };
		const own = OWN_WORDS[response.status];
		if (own === undefined) return byStatus(response.status) ?? { kind: "failed", failure: failure("missing") };
		const message = (await response.text()).trim();
		return { kind: "problem", problem: { name: own, message, field: null, retryAfter: null, mayCountLater: false } };
	} catch {
		// fetch rejects for every kind of unreachable alike; the reasons are not for the person.
		return { kind: "offline" };
	}
}
