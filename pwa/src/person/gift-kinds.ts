// What people who know each other give, in words: more than business. The kinds are the contract's.
import type { Gift } from "./kept-person.svelte";

export type GiftKind = Gift["kind"];

/** Those that somebody chooses from; kept promises and introductions note themselves. */
export const GIFT_KINDS: readonly { readonly kind: GiftKind; readonly name: string }[] = [
	{ kind: "ADVICE", name: "Advice" },
	{ kind: "INFORMATION", name: "Information" },
	{ kind: "IDEAS", name: "An idea" },
	{ kind: "FEEDBACK", name: "Feedback" },
	{ kind: "SUPPORT", name: "Support" },
	{ kind: "ENCOURAGEMENT", name: "Encouragement" },
	{ kind: "SOLUTIONS", name: "A solution" },
	{ kind: "INTRODUCTION", name: "An introduction" },
	{ kind: "SUPPLIERS", name: "A supplier" },
	{ kind: "FRIENDS", name: "Friendship" },
	{ kind: "MARKET_NEWS", name: "News of the trade" },
	{ kind: "OTHER", name: "Something else" },
];

const NAMES: ReadonlyMap<GiftKind, string> = new Map([
	...GIFT_KINDS.map(({ kind, name }) => [kind, name] as const),
	["PROMISE", "A kept promise"],
]);

export const nameOfGift = (kind: GiftKind): string => NAMES.get(kind) ?? "Something else";
