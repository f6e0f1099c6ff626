// The shape of a talk: five phases, one prompt at a time. It knows no server and no screen.
import type { Prompt } from "./open-conversation.svelte";

export type Phase = Prompt["phase"];

/** In the order of the arc, each with the word that is read out for it. */
export const PHASES: readonly { readonly phase: Phase; readonly name: string }[] = [
	{ phase: "OPEN", name: "opening" },
	{ phase: "LEARN", name: "learning" },
	{ phase: "HELP", name: "helping" },
	{ phase: "WHO_ELSE", name: "who else" },
	{ phase: "CLOSE", name: "closing" },
];

/** Where to go on: the first prompt that still waits; past the last one when none does. */
export function resumesAt(prompts: readonly Pick<Prompt, "state">[]): number {
	const first = prompts.findIndex((prompt) => prompt.state === "WAITING");
	return first < 0 ? prompts.length : first;
}

/** The place of a prompt's phase in the arc, counted from one; past the last prompt the arc is whole. */
export function placeInArc(prompts: readonly Pick<Prompt, "phase">[], index: number): number {
	const phase = prompts[index]?.phase;
	return phase === undefined ? PHASES.length : PHASES.findIndex((each) => each.phase === phase) + 1;
}

const ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

/** "your second conversation"; past the tenth nobody counts. */
export function whichConversation(count: number): string {
	const ordinal = ORDINALS[Math.max(1, count) - 1];
	return ordinal ? `your ${ordinal} conversation` : "one of many conversations";
}
