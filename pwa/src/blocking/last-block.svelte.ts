// The block that was made last on this phone, for as long as the page is open: the way back right after. It holds an id
// and no name.
import { outbox } from "../offline/outbox/outbox.svelte";

class LastBlock {
	/** The swap that was named; null while there is nothing to take back. */
	swap = $state<string | null>(null);
	/** It has been taken back. */
	isUndone = $state(false);

	made(swap: string): void {
		this.swap = swap;
		this.isUndone = false;
	}

	/** Takes it back. A block that was not sent yet is then never sent. */
	async undo(): Promise<void> {
		if (this.swap === null) return;
		this.isUndone = await unblock(this.swap);
	}

	settle(): void {
		this.swap = null;
	}
}

/** Whether it is on its way; without room on the phone nothing changes. */
export async function unblock(swap: string): Promise<boolean> {
	const slot = `share ${outbox.contents.nameOf(swap)}`;
	const put = await outbox.put({ operation: "Unblock", variables: { swap }, thing: swap, slot });
	return put === "kept";
}

export const lastBlock = new LastBlock();
