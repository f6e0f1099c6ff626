// Takes swaps that ended out of everything this phone keeps: answers that were read, and badges that the vault opened.
// What the person wrote and has not been sent stays in the outbox; it is theirs.
import { forgetMentions } from "./answers";
import { database } from "./database";

/** Forgets these swaps, by their ids, for this person. */
export async function forgetSwaps(person: string, swaps: ReadonlySet<string>): Promise<void> {
	await forgetMentions(person, swaps);
	const transaction = (await database())?.transaction(["scansMade", "opened"], "readwrite");
	if (!transaction) return;
	const made = await transaction.objectStore("scansMade").index("person").getAll(person);
	for (const { key, swap } of made) {
		if (swaps.has(swap)) await transaction.objectStore("opened").delete([person, key]);
	}
	await transaction.done;
}
