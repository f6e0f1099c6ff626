// Where somebody goes on in a list that has grown. It moves the focus and changes nothing else.

/** The rows of a table's body, or the items of a list: those of the list itself, not of lists in it. */
export function rowsOf(list: Element | null): HTMLElement[] {
	const body = list?.matches("table") ? list.querySelector("tbody") : list;
	return Array.from(body?.children ?? []).filter((each) => each instanceof HTMLElement);
}

/** Focuses the first row after so many, unless the focus has left `asked`, which asked for more. */
export function goOnAfter(rows: number, list: Element | null, asked: Element | undefined): void {
	const first = rowsOf(list)[rows];
	const hasLeft = document.activeElement !== document.body && !asked?.contains(document.activeElement);
	if (first === undefined || hasLeft) return;
	first.tabIndex = -1;
	first.focus({ preventScroll: true });
}
