// Whether a camera's picture lives: judged from looks at it, a moment apart. Looks are counted, not seconds, so that a
// phone that was asleep or busy is not taken for a dead camera.

export interface Look {
	/** A frame has come since the look before. */
	readonly isNew: boolean;
	/** That frame is black all over, without even the noise that a lens has in the dark. */
	readonly isBlack: boolean;
}

/** `waiting` while nothing can be said yet. */
export type Health = "fine" | "waiting" | "frozen" | "black";

/** Looks in a row without life after which the picture counts as dead. */
const PATIENCE = 5;
/** The same before the first frame: phones take their time to open a lens. */
const PATIENCE_AT_FIRST = 8;

export class PictureHealth {
	#still = 0;
	#dark = 0;
	#hasBegun = false;

	take({ isNew, isBlack }: Look): Health {
		this.#hasBegun ||= isNew;
		this.#still = isNew ? 0 : this.#still + 1;
		if (isNew) this.#dark = isBlack ? this.#dark + 1 : 0;
		if (this.#still >= (this.#hasBegun ? PATIENCE : PATIENCE_AT_FIRST)) return "frozen";
		if (this.#dark >= PATIENCE) return "black";
		return isNew && !isBlack ? "fine" : "waiting";
	}
}

/** The brightest that a channel of a dead picture is, of 255. A lens in a dark room has brighter noise somewhere. */
const DARKEST = 4;

/** Whether all of these pixels, as a canvas gives them, are black. */
export function isAllBlack(pixels: ArrayLike<number>): boolean {
	for (let at = 0; at < pixels.length; at += 1) {
		const isOpacity = at % 4 === 3;
		if (!isOpacity && (pixels[at] ?? 0) > DARKEST) return false;
	}
	return true;
}
