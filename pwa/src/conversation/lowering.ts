// Whether the phone was lowered: laid flat or left to hang, after it had been held up to be read. It tells the moment of
// lowering and of raising, never a position, so that a phone which lies flat all evening is not dark all evening.

/** How far up the top of the picture points, from 1 (upright) through 0 (flat) to -1 (hanging head down). */
const LOWERED = 0.12;
const RAISED = 0.32;
/** Milliseconds for which it has to stay lowered: a nod of the hand is nothing. */
export const LINGER = 900;

export interface Tilt {
	/** Degrees, as the browser's orientation events give them; null where the device has no such sensor. */
	readonly beta: number | null;
	readonly gamma: number | null;
}

/** How far up the top of the picture points; null where the device cannot tell. `angle` is the screen's, in degrees. */
export function uprightness({ beta, gamma }: Tilt, angle: number): number | null {
	if (beta === null || gamma === null) return null;
	const [b, g, a] = [beta, gamma, angle].map((degrees) => (degrees * Math.PI) / 180) as [number, number, number];
	// What points up, along the device's own long and short side.
	const along = Math.sin(b);
	const across = -Math.cos(b) * Math.sin(g);
	return along * Math.cos(a) + across * Math.sin(a);
}

/** What a reading means after the one before: `up`, `down`, or neither while it is in between. */
export function positionAt(upright: number): "up" | "down" | null {
	if (upright < LOWERED) return "down";
	return upright > RAISED ? "up" : null;
}

interface Hears {
	readonly onlowered: () => void;
	readonly onraised: () => void;
}

/** Calls as the phone is lowered and raised, until the answered function is called. Where the browser tells nothing, or
 * asks before it does, nothing is called. */
export function followLowering({ onlowered, onraised }: Hears): () => void {
	let wasUp = false;
	let isLowered = false;
	let timer: ReturnType<typeof setTimeout> | undefined;

	const onTilt = (tilt: Tilt) => {
		const upright = uprightness(tilt, screen.orientation?.angle ?? 0);
		const position = upright === null ? null : positionAt(upright);
		if (position === "up") {
			clearTimeout(timer);
			timer = undefined;
			wasUp = true;
			if (isLowered) onraised();
			isLowered = false;
		} else if (position === "down" && wasUp) {
			wasUp = false;
			timer = setTimeout(() => {
				isLowered = true;
				onlowered();
			}, LINGER);
		}
	};

	window.addEventListener("deviceorientation", onTilt);
	return () => {
		clearTimeout(timer);
		window.removeEventListener("deviceorientation", onTilt);
	};
}
