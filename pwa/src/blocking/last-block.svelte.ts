// The block that was made last on this phone, for as long as the page is open: the way back right after. It holds an id
// and no name.
import { whyNotKept } from "../offline/outbox/not-kept";
import { outbox } from "../offline/outbox/outbox.svelte";

class LastBlock {
	/** The swap that was named; null while there is nothing to take back. */
	swap = $state<string | null>(null);
	/** It has been taken back. */
	isUndone = $state(false);
	/** Why it could not be taken back, in words; null otherwise. */
	notKept = $state<string | null>(null);

	made(swap: string): void {
		this.swap = swap;
		this.isUndone = false;
		this.notKept = null;
	}

	/** Takes it back. A block that was not sent yet is then never sent. */
	async undo(): Promise<void> {
		if (this.swap === null) return;
		this.notKept = await unblock(this.swap);
		this.isUndone = this.notKept === null;
	}

	settle(): void {
		this.swap = null;
	}
}

/** Null once it is on its way; else why nothing changed, in words. */
export async function unblock(swap: string): Promise<string | null> {
	const slot = `share ${outbox.contents.nameOf(swap)}`;
	const put = await outbox.put({ operation: "Unblock", variables: { swap }, thing: swap, slot });
	return whyNotKept(put);
}

export const lastBlock = new LastBlock();
