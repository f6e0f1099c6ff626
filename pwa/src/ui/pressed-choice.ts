// Where somebody goes on whose press drew the screen anew, the choice with it. It moves the focus and changes nothing else.

/** Focuses the choice that is pressed now, unless the focus is somewhere by now. */
export function goOnAtPressed(choices: Element | undefined): void {
	if (document.activeElement !== null && document.activeElement !== document.body) return;
	choices?.querySelector<HTMLElement>("[aria-pressed=true]")?.focus({ preventScroll: true });
}
