// A conversation as the server said it last, with what was written since laid over it: by things that still wait, or by
// what the server answered to them. Pure; it asks and keeps nothing.
import type { DataFor, Operation } from "../offline/outbox/operations";
import type { Waiting } from "../offline/outbox/waiting";
import { withOne, withWritten as withShared } from "../swaps/laid-over";
import type { ConversationSwap, Prompt } from "./open-conversation.svelte";

/** The swap with what waits about it; null once it is withdrawn. */
export function layOver(swap: ConversationSwap, waiting: readonly Waiting[]): ConversationSwap | null {
	let laid: ConversationSwap | null = swap;
	for (const item of waiting) laid = laid && withWritten(laid, item, item.madeAt);
	return laid;
}

/** The swap after one operation. `answer` is what the server said to it; without one it is taken as it was written. */
export function withWritten(
	swap: ConversationSwap,
	written: Operation,
	madeAt: string,
	answer?: unknown,
): ConversationSwap | null {
	switch (written.operation) {
		case "AddNote":
		case "NoteNeed": {
			const { text, key } = written.variables;
			const kind = written.operation === "AddNote" ? ("NOTE" as const) : ("NEED" as const);
			const note = (answer as DataFor<"AddNote"> | undefined) ?? { id: key, key, kind, text, writtenAt: madeAt };
			return { ...swap, notes: withOne(swap.notes, note) };
		}
		case "MarkPrompt": {
			const { prompt, state, insight } = written.variables;
			return withPrompt(swap, prompt, { state, insight: insight ?? null }, answer as DataFor<"MarkPrompt"> | undefined);
		}
		case "Feel": {
			const { feeling, felt } = written.variables;
			const others = swap.feelings.filter((each) => each !== feeling);
			return { ...swap, feelings: felt ? [...others, feeling] : others };
		}
		case "ShareBack": {
			const contact = (answer as DataFor<"ShareBack"> | undefined)?.contact ?? swap.contact;
			return withShared({ ...swap, contact }, written, madeAt, answer);
		}
		case "DeclineShare":
			return withShared({ ...swap, contact: null }, written, madeAt, answer);
		default:
			return withShared(swap, written, madeAt, answer);
	}
}

/** Whether `reference` is this prompt: its id, or `<scan key>/<library key>`. */
export function isNamed(prompt: Pick<Prompt, "id" | "libraryKey">, reference: string): boolean {
	return prompt.id === reference || reference.endsWith(`/${prompt.libraryKey}`);
}

function withPrompt(
	swap: ConversationSwap,
	reference: string,
	marked: Pick<Prompt, "state" | "insight">,
	answer: DataFor<"MarkPrompt"> | undefined,
): ConversationSwap {
	const { prompts } = swap.agenda;
	if (!prompts.some((prompt) => isNamed(prompt, reference))) {
		// Shown by the phone alone until now: it joined the agenda when it was marked.
		return answer ? { ...swap, agenda: { ...swap.agenda, prompts: [...prompts, answer] } } : swap;
	}
	const change = (prompt: Prompt): Prompt =>
		answer
			? { ...prompt, id: answer.id, state: answer.state, insight: answer.insight }
			: { ...prompt, state: marked.state, insight: marked.insight ?? prompt.insight };
	return {
		...swap,
		agenda: {
			...swap.agenda,
			prompts: prompts.map((prompt) => (isNamed(prompt, reference) ? change(prompt) : prompt)),
		},
	};
}
