// What can be promised, in words. The kinds are the contract's; the order is how often people mean them.
import type { PromiseKind } from "./open-conversation.svelte";

export const PROMISE_KINDS: readonly { readonly kind: PromiseKind; readonly name: string; readonly example: string }[] =
	[
		{ kind: "SEND", name: "Send something", example: "the article on soil sensors" },
		{ kind: "INTRODUCE", name: "Introduce them", example: "to Mei, who runs repair evenings" },
		{ kind: "ANSWER", name: "Find an answer", example: "what the insurance costs for shared tools" },
		{ kind: "MEET", name: "Meet again", example: "twenty minutes on Thursday" },
		{ kind: "OTHER", name: "Something else", example: "water the plants" },
	];

export const nameOfKind = (kind: PromiseKind): string =>
	PROMISE_KINDS.find((each) => each.kind === kind)?.name ?? "Something else";
