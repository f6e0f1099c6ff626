// Follows subscriptions over one graphql-transport-ws socket. It reconnects by itself and promises no completeness:
// after a gap it says so, and the caller asks again over HTTP.
import { createClient, type SubscribePayload, TerminatedCloseEvent } from "graphql-ws/client";
import { read } from "./answer";
import type { AnyTrusted, Data, Variables } from "./trusted";

export interface Follower<T> {
	readonly data: (data: Data<T>) => void;
	/** The socket was away and is back: something may have been missed. */
	readonly resumed?: () => void;
	/** The server ended it, as it does when a role or a session ends: HTTP says which. Nothing follows. */
	readonly ended?: () => void;
	/** Whether the socket is open, for screens that show it. */
	readonly connected?: (isConnected: boolean) => void;
}

/** Starts following and answers the function that stops it. */
export type Follow = <T extends AnyTrusted>(document: T, variables: Variables<T>, follower: Follower<T>) => () => void;

const LONGEST_WAIT = 30_000;
/** A network can go without a word, so the server is pinged. */
interface Pings {
	/** Milliseconds between two. */
	readonly each: number;
	/** Milliseconds within which the server has to answer one. */
	readonly answeredWithin: number;
}

const PINGS: Pings = { each: 20_000, answeredWithin: 5_000 };

/** Waits longer after each failed try, but no longer once the network is back; with chance in it, so that a room of
 * phones does not return at once. */
export const backOff = (tries: number) =>
	new Promise<void>((resolve) => {
		const inAWhile = (longest: number) => setTimeout(goOn, longest * (0.5 + Math.random() / 2));
		let timer = inAWhile(Math.min(LONGEST_WAIT, 500 * 2 ** tries));
		const onOnline = () => {
			clearTimeout(timer);
			timer = inAWhile(1000);
		};
		globalThis.addEventListener?.("online", onOnline);
		function goOn(): void {
			globalThis.removeEventListener?.("online", onOnline);
			resolve();
		}
	});

/** A `follow` for the socket at the address that `url` gives when it is needed. */
export function createLive(url: () => string, pings: Pings = PINGS): Follow {
	const socket = createClient({
		url,
		lazy: true,
		keepAlive: pings.each,
		retryAttempts: Number.POSITIVE_INFINITY,
		retryWait: backOff,
		// A socket that cannot even open, as without a network, tells of it by an event. An error of our own would come
		// again for ever.
		shouldRetry: (problem) => !(problem instanceof Error) || problem instanceof TerminatedCloseEvent,
	});
	let unanswered: ReturnType<typeof setTimeout> | undefined;
	socket.on("ping", (isTheirs) => {
		if (!isTheirs) unanswered = setTimeout(() => socket.terminate(), pings.answeredWithin);
	});
	socket.on("pong", (isTheirs) => {
		if (isTheirs) clearTimeout(unanswered);
	});
	socket.on("closed", () => clearTimeout(unanswered));
	globalThis.addEventListener?.("offline", () => socket.terminate());

	return (document, variables, follower) => {
		// The library insists on a query; the id beside it is what the server goes by.
		const payload = { documentId: document.id, query: "", variables } as SubscribePayload;
		let isStopped = false;
		const end = () => {
			follower.connected?.(false);
			if (!isStopped) follower.ended?.();
		};
		const stops = [
			socket.on("connected", (_socket, _payload, wasRetry) => {
				follower.connected?.(true);
				if (wasRetry) follower.resumed?.();
			}),
			socket.on("closed", () => follower.connected?.(false)),
			socket.subscribe(payload, {
				next(result) {
					const outcome = read(document, result);
					if (outcome.kind === "data") follower.data(outcome.data);
				},
				// Refused for good: signed out, not in the team any more, or a document the server no longer knows.
				error: end,
				complete: end,
			}),
		];
		return () => {
			isStopped = true;
			for (const stop of stops) stop();
		};
	};
}
