// Sends trusted documents over HTTP and answers an Outcome, always: no promise of this file rejects. It keeps nothing.
import { failure, read } from "./answer";
import type { Failure, Outcome } from "./outcome";
import type { AnyTrusted, Data, Variables } from "./trusted";

/** Milliseconds after which a silent network counts as none: `navigator.onLine` says yes behind a captive portal. */
const DEADLINE = 10_000;

export interface SendOptions {
	/** Milliseconds to wait for the whole answer. */
	readonly deadline?: number;
	readonly signal?: AbortSignal;
}

export type Send = <T extends AnyTrusted>(
	document: T,
	variables: Variables<T>,
	options?: SendOptions,
) => Promise<Outcome<Data<T>>>;

export interface Client {
	readonly send: Send;
	/** Calls `listener` with every failure, so that one place leads to sign-in or offers the update. */
	readonly onFailure: (listener: (failure: Failure) => void) => () => void;
}

/** What every GraphQL request says of itself; a page elsewhere cannot add the second one without being asked. */
const HEADERS = {
	"content-type": "application/json",
	"handsel-client": "pwa",
	accept: "application/graphql-response+json, application/json;q=0.9",
};

/** A client for the GraphQL endpoint at `url`. */
export function createClient(url: string): Client {
	const listeners = new Set<(failure: Failure) => void>();

	async function ask<T extends AnyTrusted>(
		document: T,
		variables: Variables<T>,
		{ deadline = DEADLINE, signal }: SendOptions,
	): Promise<Outcome<Data<T>>> {
		const timeout = AbortSignal.timeout(deadline);
		try {
			const response = await fetch(url, {
				method: "POST",
				headers: HEADERS,
				credentials: "same-origin",
				cache: "no-store",
				// A captive portal answers every request with a way to its own page.
				redirect: "error",
				body: JSON.stringify({ documentId: document.id, variables }),
				signal: signal ? AbortSignal.any([timeout, signal]) : timeout,
			});
			return await outcomeOf(document, response);
		} catch {
			// fetch rejects for every kind of unreachable alike; the reasons are not for the person.
			return { kind: "offline" };
		}
	}

	return {
		async send(document, variables, options = {}) {
			const outcome = await ask(document, variables, options);
			if (outcome.kind === "failed") for (const listener of listeners) listener(outcome.failure);
			return outcome;
		},
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

function byStatus(status: number): Outcome<never> | null {
	if (status === 401) return { kind: "failed", failure: failure("signed-out") };
	if (status === 403) return { kind: "failed", failure: failure("forbidden") };
	if (status === 429) return { kind: "failed", failure: failure("busy") };
	if (status === 502 || status === 503 || status === 504) return { kind: "offline" };
	if (status >= 500) return { kind: "failed", failure: failure("broken") };
	return null;
}
