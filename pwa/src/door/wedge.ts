// Reads hardware scanners that type like a keyboard: quick characters, then Enter. Slow typing by hand is none.

/** Milliseconds between two characters after which they no longer belong together. */
const PAUSE = 100;
/** The shortest that counts as a code; a lone key and Enter are somebody at the keyboard. */
const SHORTEST = 4;
/** Longer than anything printed as a code. */
const LONGEST = 3000;

export class WedgeReader {
	#typed = "";
	#lastAt = Number.NEGATIVE_INFINITY;

	/** Takes one key as `KeyboardEvent.key` names it, at a time in milliseconds. Answers the code when Enter or Tab ends it. */
	take(key: string, at: number): string | null {
		const isEnd = key === "Enter" || key === "Tab";
		// Shift and the like come between the characters of a code.
		if (!isEnd && [...key].length !== 1) return null;
		const isOneGo = at - this.#lastAt <= PAUSE;
		this.#lastAt = at;
		if (!isOneGo) this.#typed = "";
		if (!isEnd) {
			if (this.#typed.length < LONGEST) this.#typed += key;
			return null;
		}
		const code = this.#typed;
		this.#typed = "";
		return code.length >= SHORTEST ? code : null;
	}
}

const FIELDS = "input, textarea, select, [contenteditable], dialog[open]";

/** Listens on the whole window while nobody writes in a field; answers how to stop. */
export function listenForWedge(onread: (code: string) => void): () => void {
	const reader = new WedgeReader();
	const onKey = (event: KeyboardEvent) => {
		if (event.ctrlKey || event.altKey || event.metaKey) return;
		if (event.target instanceof Element && event.target.closest(FIELDS)) return;
		const code = reader.take(event.key, event.timeStamp);
		if (code === null) return;
		// The Enter belongs to the scanner: it must not press the button that has the focus.
		event.preventDefault();
		event.stopPropagation();
		onread(code);
	};
	window.addEventListener("keydown", onKey, { capture: true });
	return () => window.removeEventListener("keydown", onKey, { capture: true });
}
