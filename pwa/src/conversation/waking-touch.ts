// A touch that only wakes: everything the browser makes of it, up to its click, reaches nobody. It decides nothing about
// when to sleep or wake.

/** Milliseconds after the finger has left in which its click can still come. */
const CLICK_COMES = 600;
const PARTS = [
	"pointerup",
	"mousedown",
	"mouseup",
	"touchstart",
	"touchend",
	"contextmenu",
	"click",
	"auxclick",
] as const;

/** Whether a screen reader pressed for the person: its presses have no size, and on some phones no pressure. */
export function isByReader({ width, height, pressure, pointerType }: PointerEvent): boolean {
	return (width === 0 && height === 0) || (width === 1 && height === 1 && pressure === 0 && pointerType === "mouse");
}

export class WakingTouch {
	#listening: AbortController | null = null;
	#timer: ReturnType<typeof setTimeout> | undefined;

	/** From here to its click this touch presses nothing. Scrolling with it stays scrolling. */
	swallow(down: PointerEvent): void {
		this.end();
		this.#stop(down);
		this.#listening = new AbortController();
		const listening = { capture: true, signal: this.#listening.signal };
		for (const name of PARTS) window.addEventListener(name, (event) => this.#on(event), listening);
		// The browser took it for scrolling, or another finger came: the next touch is an ordinary one.
		window.addEventListener("pointercancel", () => this.end(), listening);
		window.addEventListener("pointerdown", () => this.end(), listening);
	}

	/** Every touch counts again. */
	end(): void {
		this.#listening?.abort();
		this.#listening = null;
		clearTimeout(this.#timer);
	}

	#on(event: Event): void {
		this.#stop(event);
		if (event.type === "click") this.end();
		if (event.type === "pointerup") this.#timer = setTimeout(() => this.end(), CLICK_COMES);
	}

	#stop(event: Event): void {
		event.stopPropagation();
		// Touches are passive: to forbid them would forbid scrolling, and says so in the console.
		if (event.cancelable && !event.type.startsWith("touch")) event.preventDefault();
	}
}
