// What lies in the open outbox, as this tab shows it: a true copy of what is kept, in its order. It keeps and sends
// nothing itself.
import type { Swaps } from "./keeping";
import type { Scan } from "./sending";
import type { Waiting } from "./waiting";

export class Contents {
	#items = $state.raw<readonly Waiting[]>([]);
	#swaps = $state.raw<Swaps>(new Map());
	/** Grows with each change, so that whoever read the database meanwhile knows that it reads again. */
	changes = 0;

	/** What has not been sent yet, in its order. */
	waiting = $derived(this.#items.filter(({ refusal }) => refusal === null));
	/** What the server did not take; it stays until the person lets it go or sends it again. */
	refused = $derived(this.#items.filter(({ refusal }) => refusal !== null));
	scans = $derived(this.waiting.filter((item): item is Scan => item.operation === "SwapBadges"));

	/** The one name of a thing: the swap's id, once it is known which swap a scan became. */
	nameOf(thing: string): string {
		return this.#swaps.get(thing) ?? thing;
	}

	/** What waits about one thing, in its order, to be laid over what the server said last. */
	about(thing: string): readonly Waiting[] {
		const name = this.nameOf(thing);
		return this.waiting.filter((item) => this.nameOf(item.thing) === name);
	}

	show(items: readonly Waiting[], swaps: Swaps): void {
		this.#change(items);
		this.#swaps = swaps;
	}

	/** Puts it at the end, in place of what has the same slot. */
	add(item: Waiting): void {
		const isReplaced = (each: Waiting) => each.place === item.place || (item.slot !== null && each.slot === item.slot);
		this.#change([...this.#items.filter((each) => !isReplaced(each)), item]);
	}

	change(item: Waiting): void {
		this.#change(this.#items.map((each) => (each.place === item.place ? item : each)));
	}

	remove(item: Waiting): void {
		this.#change(this.#items.filter(({ place }) => place !== item.place));
	}

	/** The scan with this key became this swap. */
	name(scanKey: string, swap: string): void {
		this.changes += 1;
		this.#swaps = new Map(this.#swaps).set(scanKey, swap);
	}

	#change(items: readonly Waiting[]): void {
		this.changes += 1;
		this.#items = items;
	}
}
