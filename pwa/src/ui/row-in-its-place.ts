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
