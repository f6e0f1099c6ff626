// Reads hardware scanners that type like a keyboard: quick characters, then Enter. Slow typing by hand is none.

/** Milliseconds between two characters after which they no longer belong together. */
const PAUSE = 100;
/** The shortest that counts as a code; a lone key and Enter are somebody at the keyboard. */
const SHORTEST = 4;
/** In a field only what no hand types: so quick, so much of it, and not as a name or a mail address is written. */
const IN_A_FIELD = { pause: 60, shortest: 6 };
const NO_NAME = /^(?=.*\d)[^@]*$|^[A-Z]{10}$/u;
/** Milliseconds in which the same code again is the same pull of the trigger: scanners read twice. */
const SAME_READ = 1000;
/** Longer than anything printed as a code. */
const LONGEST = 3000;

export class WedgeReader {
	#typed = "";
	#lastAt = Number.NEGATIVE_INFINITY;
	#pause: number;
	#shortest: number;

	constructor({ pause, shortest } = { pause: PAUSE, shortest: SHORTEST }) {
		this.#pause = pause;
		this.#shortest = shortest;
	}

	/** Takes one key as `KeyboardEvent.key` names it, at a time in milliseconds. Answers the code when Enter or Tab ends it. */
	take(key: string, at: number): string | null {
		const isEnd = key === "Enter" || key === "Tab";
		// Shift and the like come between the characters of a code.
		if (!isEnd && [...key].length !== 1) return null;
		const isOneGo = at - this.#lastAt <= this.#pause;
		this.#lastAt = at;
		if (!isOneGo) this.#typed = "";
		if (!isEnd) {
			if (this.#typed.length < LONGEST) this.#typed += key;
			return null;
		}
		const code = this.#typed;
		this.#typed = "";
		return code.length >= this.#shortest ? code : null;
	}
}

const FIELDS = "input, textarea, select, [contenteditable], dialog[open]";

/** Listens on the whole window while nobody writes in a field; answers how to stop. */
export function listenForWedge(onread: (code: string) => void): () => void {
	const reader = new WedgeReader();
	let last = { code: "", at: Number.NEGATIVE_INFINITY };
	const onKey = (event: KeyboardEvent) => {
		if (event.ctrlKey || event.altKey || event.metaKey) return;
		if (event.target instanceof Element && event.target.closest(FIELDS)) return;
		const code = reader.take(event.key, event.timeStamp);
		if (code === null) return;
		// The Enter belongs to the scanner: it must not press the button that has the focus.
		event.preventDefault();
		event.stopPropagation();
		const isSame = code === last.code && event.timeStamp - last.at < SAME_READ;
		last = { code, at: event.timeStamp };
		if (!isSame) onread(code);
	};
	window.addEventListener("keydown", onKey, { capture: true });
	return () => window.removeEventListener("keydown", onKey, { capture: true });
}

/** Listens in the fields within `element`, where a scanner's code would stand as somebody's name: it is taken out of the field
 * again, and its Enter submits nothing. Answers how to stop. */
export function listenInFields(element: HTMLElement, onread: (code: string) => void): () => void {
	const reader = new WedgeReader(IN_A_FIELD);
	const onKey = (event: KeyboardEvent) => {
		const field = event.target;
		if (event.ctrlKey || event.altKey || event.metaKey || !(field instanceof HTMLInputElement)) return;
		const code = reader.take(event.key, event.timeStamp);
		if (code === null || !NO_NAME.test(code)) return;
		event.preventDefault();
		event.stopPropagation();
		const from = field.value.lastIndexOf(code);
		if (from >= 0) {
			field.value = field.value.slice(0, from) + field.value.slice(from + code.length);
			field.dispatchEvent(new Event("input", { bubbles: true }));
		}
		onread(code);
	};
	element.addEventListener("keydown", onKey, { capture: true });
	return () => element.removeEventListener("keydown", onKey, { capture: true });
}
