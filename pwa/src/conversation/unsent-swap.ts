// A conversation that the server does not know of yet, as far as the scan alone tells: somebody was met, at this time.
import type { Scan } from "../offline/outbox/sending";
import type { ConversationSwap } from "./open-conversation.svelte";

/** How somebody is called of whom only a badge was seen. */
export const SOMEBODY = "Somebody you met";

/** Whether the text can be the key of a scan; ids of the server look otherwise. */
export const isScanKey = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/** The swap of a scan that waits. `timezone` is the event's. */
export function unsentSwap({ key, variables }: Scan, timezone: string): ConversationSwap {
	return {
		id: key,
		swappedAt: variables.scan.scannedAt,
		share: "NONE",
		conversations: 1,
		feelings: [],
		event: { id: variables.event, timezone },
		card: { name: SOMEBODY, pronouns: null, upTo: null },
		contact: null,
		agenda: { prompts: [] },
		notes: [],
		promises: [],
	};
}
