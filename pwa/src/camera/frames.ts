// Takes pictures of the video for the decoder: mostly the middle, where the badge is, and now and then the whole.

/** Tries begin this far apart, in milliseconds: about twelve a second. */
export const PACE = 80;
/** Each fifth try looks at the whole picture, for badges held at the edge. */
const WHOLE_EACH = 5;
/** The side of the middle square, as a part of the picture's shorter side. */
const MIDDLE = 0.75;

export interface Crop {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

/** Which part of a picture of that size the `attempt`th try looks at; the first is 0. */
export function cropOf(attempt: number, width: number, height: number): Crop {
	if (attempt % WHOLE_EACH === WHOLE_EACH - 1) return { x: 0, y: 0, width, height };
	const side = Math.round(Math.min(width, height) * MIDDLE);
	return { x: Math.round((width - side) / 2), y: Math.round((height - side) / 2), width: side, height: side };
}

export interface Frame {
	readonly picture: ImageBitmap;
	/** When it was taken, on the clock of `performance.now()`. */
	readonly takenAt: number;
}

/** The video's picture of this moment, or null while there is none. */
export async function takeFrame(video: HTMLVideoElement, attempt: number): Promise<Frame | null> {
	if (video.readyState < video.HAVE_CURRENT_DATA || video.videoWidth === 0) return null;
	const { x, y, width, height } = cropOf(attempt, video.videoWidth, video.videoHeight);
	const takenAt = performance.now();
	return { picture: await createImageBitmap(video, x, y, width, height), takenAt };
}
