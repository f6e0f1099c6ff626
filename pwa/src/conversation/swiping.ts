// Swipes with a finger: left for on, right for back. A mouse selects text instead, and scrolling stays scrolling.
import type { Attachment } from "svelte/attachments";

/** How far a finger has to go, in CSS pixels, and how much further sideways than up or down. */
const FAR = 48;
const SIDEWAYS = 1.6;

export interface Swipes {
	readonly onleft: () => void;
	readonly onright: () => void;
}

export function swiping({ onleft, onright }: Swipes): Attachment<HTMLElement> {
	return (element) => {
		let start: { readonly id: number; readonly x: number; readonly y: number } | null = null;

		const onDown = (event: PointerEvent) => {
			start =
				event.pointerType === "mouse" || !event.isPrimary
					? null
					: { id: event.pointerId, x: event.clientX, y: event.clientY };
		};
		const onUp = (event: PointerEvent) => {
			if (start?.id !== event.pointerId) return;
			const across = event.clientX - start.x;
			const along = Math.abs(event.clientY - start.y);
			start = null;
			if (Math.abs(across) < FAR || Math.abs(across) < SIDEWAYS * along) return;
			if (across < 0) onleft();
			else onright();
		};
		const onCancel = () => {
			start = null;
		};

		element.addEventListener("pointerdown", onDown);
		window.addEventListener("pointerup", onUp);
		window.addEventListener("pointercancel", onCancel);
		return () => {
			element.removeEventListener("pointerdown", onDown);
			window.removeEventListener("pointerup", onUp);
			window.removeEventListener("pointercancel", onCancel);
		};
	};
}
