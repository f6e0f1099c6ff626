// What one tab tells the others, so that all of them show the same: that the outbox changed, and what was answered. Where
// the browser has no channel for it, each tab looks again when it comes to the front.
import type { Settled } from "./sending";

export type Message =
	| { readonly kind: "changed"; readonly person: string }
	| { readonly kind: "settled"; readonly person: string; readonly settled: Settled };

export interface Tabs {
	tell(message: Message): void;
	close(): void;
}

const NAME = "handsel:outbox";

/** Joins the tabs of this browser; `heard` is called with what the others tell. */
export function joinTabs(heard: (message: Message) => void): Tabs {
	if (typeof BroadcastChannel !== "function") return { tell: () => undefined, close: () => undefined };
	const channel = new BroadcastChannel(NAME);
	channel.onmessage = (event: MessageEvent<Message>) => heard(event.data);
	return {
		tell: (message) => channel.postMessage(message),
		close: () => channel.close(),
	};
}
