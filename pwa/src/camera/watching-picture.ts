// Looks at a video twice a second and tells how its picture is, until it is stopped. It changes nothing but a paused video.
import { type Health, isAllBlack, PictureHealth } from "./picture-health";

/** Milliseconds between two looks. */
const LOOK = 500;
/** The side of the two samples of a picture, in pixels: all of it made small, and its middle as it is. */
const SAMPLE = 32;

/** Starts watching and answers the function that stops it. */
export function watchPicture(video: HTMLVideoElement, onlook: (health: Health) => void): () => void {
	const health = new PictureHealth();
	const frames = newFrames(video);
	const timer = setInterval(() => {
		// Nobody sees it, and browsers give hidden pages no frames.
		if (document.visibilityState !== "visible") return;
		// Refused until something is pressed, in power-saving modes; it then counts as frozen.
		if (video.paused) video.play().catch(() => undefined);
		const isNew = frames.any() && !isMuted(video);
		onlook(health.take({ isNew, isBlack: isNew && isBlack(video) }));
	}, LOOK);
	return () => {
		clearInterval(timer);
		frames.stop();
	};
}

/** Whether frames have come since `any` was asked last. */
function newFrames(video: HTMLVideoElement): { readonly any: () => boolean; readonly stop: () => void } {
	if (!("requestVideoFrameCallback" in video)) return newTimes(video);
	let hasCome = false;
	let waiting = 0;
	const wait = () => {
		waiting = video.requestVideoFrameCallback(() => {
			hasCome = true;
			wait();
		});
	};
	wait();
	const any = () => {
		const answer = hasCome;
		hasCome = false;
		return answer;
	};
	return { any, stop: () => video.cancelVideoFrameCallback(waiting) };
}

/** The same for browsers that do not tell of frames: their time stands still when the picture does. */
function newTimes(video: { readonly currentTime: number }): { any: () => boolean; stop: () => void } {
	let before = video.currentTime;
	const any = () => {
		const hasMoved = video.currentTime !== before;
		before = video.currentTime;
		return hasMoved;
	};
	return { any, stop: () => undefined };
}

/** The system has taken the picture away for now, as it does while another app has the camera. */
function isMuted(video: HTMLVideoElement): boolean {
	const stream = video.srcObject;
	return stream instanceof MediaStream && stream.getVideoTracks().some(({ muted }) => muted);
}

let context: CanvasRenderingContext2D | null | undefined;

/** Made small, a picture of a dark room loses its noise; so a piece of its middle is looked at as it is, too. */
function isBlack(video: HTMLVideoElement): boolean {
	context ??= newContext();
	if (context === null) return false;
	const { videoWidth: width, videoHeight: height } = video;
	context.drawImage(video, 0, 0, SAMPLE, SAMPLE);
	context.drawImage(video, (width - SAMPLE) / 2, (height - SAMPLE) / 2, SAMPLE, SAMPLE, 0, SAMPLE, SAMPLE, SAMPLE);
	return isAllBlack(context.getImageData(0, 0, SAMPLE, 2 * SAMPLE).data);
}

function newContext(): CanvasRenderingContext2D | null {
	const canvas = document.createElement("canvas");
	canvas.width = SAMPLE;
	canvas.height = 2 * SAMPLE;
	return canvas.getContext("2d", { willReadFrequently: true });
}
