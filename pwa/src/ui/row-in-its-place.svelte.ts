// Where somebody goes on in a list from which they have taken a row away. It moves the focus and changes nothing else.
import { rowsOf } from "./first-new-row";

/** Focuses the row that stands in the place of the one that has gone, else the last one, else `whole`; only where the focus
 * went with the row. */
export function goOnInPlaceOf(gone: number, list: Element | null | undefined, whole: HTMLElement | undefined): void {
	if (document.activeElement !== document.body) return;
	const rows = rowsOf(list ?? null);
	const next = rows[gone] ?? rows.at(-1) ?? whole;
	if (next === undefined) return;
	next.tabIndex = -1;
	next.focus({ preventScroll: next === whole });
}

/** The place of a row that somebody is taking away, until it has gone: the list may be read anew any time after. Made while a
 * component is, with the keys of the rows as they are shown. */
export class PlaceInList {
	#taken = $state.raw<{ readonly key: string; readonly at: number } | null>(null);
	#keys: () => readonly string[];

	constructor(keys: () => readonly string[], list: () => Element | undefined, whole: () => HTMLElement | undefined) {
		this.#keys = keys;
		$effect(() => {
			const taken = this.#taken;
			if (taken === null || keys().includes(taken.key)) return;
			this.#taken = null;
			goOnInPlaceOf(taken.at, list(), whole());
		});
	}

	/** Whoever takes this row away goes on beside it. */
	take(key: string): void {
		this.#taken = { key, at: this.#keys().indexOf(key) };
	}
}
