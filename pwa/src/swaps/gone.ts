// Swaps that ended: withdrawn, or blocked, by either side, here or elsewhere. Whoever shows one hears of it here and lets
// go of it at once; what the phone kept of it is forgotten. It asks the server, and decides nothing.
import { GoneSwaps } from "../graphql/documents.generated";
import { send } from "../graphql/server";
import { forgetSwaps } from "../offline/forgetting";
import { currentPerson } from "../offline/person";

/** Hears that swaps are gone; what is passed tells whether one of them is meant. */
type Listener = (isGone: (swap: string) => boolean) => void;

const listeners = new Set<Listener>();
/** What this page has let go of already, so that asking again costs nothing. */
const letGo = new Set<string>();

/** Calls `listener` when swaps are gone, until the answered function is called. */
export function onGone(listener: Listener): () => void {
	listeners.add(listener);
	return () => listeners.delete(listener);
}

/** Lets go of these swaps everywhere on this phone. */
export async function areGone(swaps: readonly string[]): Promise<void> {
	if (swaps.length === 0) return;
	const gone = new Set(swaps);
	for (const swap of gone) letGo.add(swap);
	for (const listener of listeners) listener((swap) => gone.has(swap));
	const person = currentPerson();
	// A phone that cannot open its database has kept nothing either.
	if (person !== null) await forgetSwaps(person, gone).catch(() => undefined);
}

/** A swap came back: should it go again, that is news. */
export function isBack(swap: string): void {
	letGo.delete(swap);
}

/** Asks which swaps of these events ended while nobody was listening. Without a network nothing is known of it. */
export async function lookForGone(events: readonly string[]): Promise<void> {
	for (const event of events) {
		const outcome = await send(GoneSwaps, { event });
		if (outcome.kind !== "data") continue;
		await areGone(outcome.data.goneSwaps.map(({ id }) => id).filter((id) => !letGo.has(id)));
	}
}
