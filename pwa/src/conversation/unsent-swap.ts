// A conversation that the server does not know of yet: as far as the vault held the badge's card, and else as far as the
// scan alone tells: somebody was met, at this time.
import { scannedHere } from "../flight/scanned-here.svelte";
import type { Scan } from "../offline/outbox/sending";
import type { ShownPrompt } from "../offline/vault/opened";
import type { ConversationSwap, Prompt } from "./open-conversation.svelte";

/** How somebody is called of whom only a badge was seen. */
export const SOMEBODY = "Somebody you met";

/** Whether the text can be the key of a scan; ids of the server look otherwise. */
export const isScanKey = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/** The swap of a scan that waits. `timezone` is the event's. */
export function unsentSwap({ key, variables }: Scan, timezone: string): ConversationSwap {
	const opened = scannedHere.find(key);
	return {
		id: key,
		swappedAt: variables.scan.scannedAt,
		share: "NONE",
		conversations: opened ? scannedHere.talk(opened) : 1,
		feelings: [],
		event: { id: variables.event, timezone },
		card: opened?.card ?? { name: SOMEBODY, pronouns: null, upTo: null },
		contact: null,
		agenda: { prompts: opened?.prompts.map((prompt) => unsentPrompt(key, prompt)) ?? [] },
		notes: [],
		promises: [],
	};
}

/** A prompt that the phone chose itself; the scan's key and its own name it until the server has an id for it. */
function unsentPrompt(scanKey: string, { key, phase, quote, text, why }: ShownPrompt): Prompt {
	return { id: `${scanKey}/${key}`, libraryKey: key, phase, quote, text, why, state: "WAITING", insight: null };
}

/** The server's swap, beginning with the prompts that were on the screen before it came: nothing jumps. */
export function goingOn(swap: ConversationSwap, scan: Scan): ConversationSwap {
	const opened = scannedHere.find(scan.key);
	const told = swap.agenda.prompts;
	const first = (opened?.shown ?? []).flatMap((key) => {
		const ours = opened?.prompts.find((prompt) => prompt.key === key);
		return told.find((prompt) => prompt.libraryKey === key) ?? (ours ? unsentPrompt(scan.key, ours) : []);
	});
	const others = told.filter(({ libraryKey }) => !first.some((prompt) => prompt.libraryKey === libraryKey));
	return { ...swap, agenda: { ...swap.agenda, prompts: [...first, ...others] } };
}
