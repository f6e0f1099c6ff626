// What a lens is asked to do beside giving a picture: keep itself in focus, and light its torch. Only what it says it can.

/** Capabilities that TypeScript's own library does not know. */
export interface CanDo extends MediaTrackCapabilities {
	readonly torch?: boolean;
	readonly focusMode?: readonly string[];
}

interface Tuning extends MediaTrackConstraintSet {
	torch?: boolean;
	focusMode?: "continuous";
}

/** One request for everything, because each takes the place of the one before; null where the lens can do none of it. */
export function tuningFor(can: CanDo, isTorchOn: boolean): MediaTrackConstraints | null {
	const wanted: Tuning = {};
	if (can.focusMode?.includes("continuous")) wanted.focusMode = "continuous";
	if (can.torch === true) wanted.torch = isTorchOn;
	return Object.keys(wanted).length === 0 ? null : { advanced: [wanted] };
}
