// Reads one frame of a video after another until it is stopped: never two at once, and never faster than PACE.
import { decoder, forgetDecoder } from "./decoder";
import { PACE, takeFrame } from "./frames";

export interface FrameReader {
	/** What the codes in a frame hold, and when that frame was taken (`performance.now()`). Frames without codes are silent. */
	readonly onread: (texts: readonly string[], takenAt: number) => void;
	/** No frame can be read here at all. */
	readonly onbroken: () => void;
}

/** Frames that may fail in a row before the reader counts as broken; a single one fails when a stream is torn down. */
const PATIENCE = 5;

const wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** Starts reading and answers the function that stops it. */
export function readFrames(video: HTMLVideoElement, { onread, onbroken }: FrameReader): () => void {
	let isStopped = false;

	async function readOne(attempt: number): Promise<void> {
		const [reader, frame] = await Promise.all([decoder(), takeFrame(video, attempt)]);
		if (frame === null) return;
		const texts = await reader.read(frame.picture);
		if (texts.length > 0 && !isStopped) onread(texts, frame.takenAt);
	}

	async function readOn(): Promise<void> {
		let failures = 0;
		for (let attempt = 0; !isStopped; attempt += 1) {
			const began = performance.now();
			try {
				await readOne(attempt);
				failures = 0;
			} catch {
				failures += 1;
			}
			if (failures >= PATIENCE && !isStopped) {
				forgetDecoder();
				onbroken();
				return;
			}
			await wait(Math.max(0, PACE - (performance.now() - began)));
		}
	}

	void readOn();
	return () => {
		isStopped = true;
	};
}
