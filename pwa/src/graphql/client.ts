// Sends trusted documents over HTTP and answers an Outcome, always: no promise of this file rejects. It keeps nothing.
import { read } from "./answer";
import { byStatus, CLIENT, type Download, type DownloadOptions, download } from "./download";
import type { Failure, Outcome } from "./outcome";
import type { AnyTrusted, Data, Variables } from "./trusted";
import { upload } from "./upload";

/** Milliseconds after which a silent network counts as none: `navigator.onLine` says yes behind a captive portal. */
const DEADLINE = 10_000;

export interface SendOptions {
	/** Milliseconds to wait for the whole answer. */
	readonly deadline?: number;
	readonly signal?: AbortSignal;
	/** Whose request it is: the server answers "signed out" to it where somebody else is signed in by now. */
	readonly person?: string;
	/** Under which pairing it was made: the id that this phone had then. It is answered as to that phone, or as to none. */
	readonly phone?: string;
}

export type Send = <T extends AnyTrusted>(
	document: T,
	variables: Variables<T>,
	options?: SendOptions,
) => Promise<Outcome<Data<T>>>;

export interface Client {
	readonly send: Send;
	/** Asks for a file of this type from a plain route of the same server. */
	readonly download: (url: string, type: string, options?: DownloadOptions) => Promise<Outcome<Download>>;
	/** Sends a file to a plain route of the same server, with its name where it has one. */
	readonly upload: (url: string, file: Blob, name: string | null) => Promise<Outcome<null>>;
	/** Calls `listener` with every failure, so that one place leads to sign-in or offers the update. */
	readonly onFailure: (listener: (failure: Failure) => void) => () => void;
}

/** What every GraphQL request says of itself. */
const HEADERS = {
	...CLIENT,
	"content-type": "application/json",
	accept: "application/graphql-response+json, application/json;q=0.9",
};

/** A client for the GraphQL endpoint at `url`. */
export function createClient(url: string): Client {
	const listeners = new Set<(failure: Failure) => void>();

	async function ask<T extends AnyTrusted>(
		document: T,
		variables: Variables<T>,
		{ deadline = DEADLINE, signal, person, phone }: SendOptions,
	): Promise<Outcome<Data<T>>> {
		const timeout = AbortSignal.timeout(deadline);
		try {
			const response = await fetch(url, {
				method: "POST",
				headers: {
					...HEADERS,
					...(person !== undefined && { "handsel-person": person }),
					...(phone !== undefined && { "handsel-door-phone": phone }),
				},
				credentials: "same-origin",
				cache: "no-store",
				// A captive portal answers every request with a way to its own page.
				redirect: "error",
				body: JSON.stringify({ documentId: document.id, variables }),
				signal: signal ? AbortSignal.any([timeout, signal]) : timeout,
			});
			return waitingFor(secondsToWait(response), await outcomeOf(document, response));
		} catch {
			// fetch rejects for every kind of unreachable alike; the reasons are not for the person.
			return { kind: "offline" };
		}
	}

	function told<T>(outcome: Outcome<T>): Outcome<T> {
		if (outcome.kind === "failed") for (const listener of listeners) listener(outcome.failure);
		return outcome;
	}

	return {
		send: async (document, variables, options = {}) => told(await ask(document, variables, options)),
		download: async (url, type, options) => told(await download(url, type, options)),
		upload: async (url, file, name) => told(await upload(url, file, name)),
		onFailure(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
}

async function outcomeOf<T extends AnyTrusted>(document: T, response: Response): Promise<Outcome<Data<T>>> {
	const type = response.headers.get("content-type") ?? "";
	if (/^application\/(graphql-response\+)?json\b/.test(type)) {
		const body: unknown = await response.json().catch(() => null);
		const outcome = read(document, body);
		const unexplained = outcome.kind === "failed" && outcome.failure.reason === "broken" && !outcome.failure.reference;
		return unexplained ? (byStatus(response.status) ?? outcome) : outcome;
	}
	// A proxy or a captive portal spoke, not our server.
	return byStatus(response.status) ?? { kind: "offline" };
}

/** What `Retry-After` says, in seconds or as a date; null where it says nothing. */
function secondsToWait(response: Response): number | null {
	const told = response.headers.get("retry-after");
	if (told === null) return null;
	const seconds = /^\d+$/.test(told) ? Number(told) : (Date.parse(told) - Date.now()) / 1000;
	return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : null;
}

function waitingFor<T>(retryAfter: number | null, outcome: Outcome<T>): Outcome<T> {
	if (retryAfter === null) return outcome;
	if (outcome.kind === "offline") return { ...outcome, retryAfter };
	if (outcome.kind === "failed") return { ...outcome, failure: { ...outcome.failure, retryAfter } };
	return outcome;
}
