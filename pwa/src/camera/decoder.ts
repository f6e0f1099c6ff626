// Finds QR codes in pictures: with the browser's own detector where it knows QR codes, else with zxing in a worker.
// The browser's own is untested in our browser tests, because Chromium on Linux has none.
import { middleFirst, type Point } from "./middle-first";
import type { Reading, ReadRequest } from "./reading";

/** Answers what the QR codes in a picture hold, the one nearest its middle first. It takes the picture over and closes it. */
export interface Decoder {
	readonly read: (picture: ImageBitmap, options?: ReadOptions) => Promise<readonly string[]>;
	readonly close: () => void;
}

export interface ReadOptions {
	/** A photograph is read with all patience, a frame of the camera quickly. */
	readonly isPhoto?: boolean;
}

/** As much of the Shape Detection API as is used here; TypeScript's own library does not know it. */
interface NativeDetector {
	detect(
		picture: ImageBitmap,
	): Promise<readonly { readonly rawValue: string; readonly cornerPoints: readonly Point[] }[]>;
}

interface NativeDetectorClass {
	new (options: { formats: readonly string[] }): NativeDetector;
	getSupportedFormats(): Promise<readonly string[]>;
}

/** Where the two kinds of decoder come from; tests give their own. */
export interface DecoderSources {
	readonly native: NativeDetectorClass | undefined;
	readonly worker: () => Worker;
}

const here: DecoderSources = {
	native: (globalThis as { BarcodeDetector?: NativeDetectorClass }).BarcodeDetector,
	worker: () => new Worker(new URL("./reading.worker.ts", import.meta.url), { type: "module" }),
};

let opened: Promise<Decoder> | undefined;

/** The one decoder of this window. The first call begins to load it, so calling early is how to have it warm. */
export function decoder(): Promise<Decoder> {
	opened ??= openDecoder();
	return opened;
}

/** Lets a decoder go that does not work; the next call of `decoder` tries anew. */
export function forgetDecoder(): void {
	opened?.then(
		({ close }) => close(),
		() => undefined,
	);
	opened = undefined;
}

/** Rejects where neither kind works; the screen then offers the typed code. */
export async function openDecoder(sources: DecoderSources = here): Promise<Decoder> {
	const { native } = sources;
	const formats = (await native?.getSupportedFormats().catch(() => [])) ?? [];
	if (!native || !formats.includes("qr_code")) return workerDecoder(sources.worker());
	return nativeDecoder(new native({ formats: ["qr_code"] }), () => workerDecoder(sources.worker()));
}

/** Some phones name a detector whose service is missing: at its first failure the other kind takes over for good. */
function nativeDecoder(detector: NativeDetector, otherwise: () => Decoder): Decoder {
	let instead: Decoder | undefined;
	return {
		async read(picture, options) {
			if (instead === undefined) {
				try {
					const { width, height } = picture;
					const found = await detector.detect(picture);
					picture.close();
					const codes = found.map(({ rawValue, cornerPoints }) => ({ text: rawValue, corners: cornerPoints }));
					return middleFirst(codes, width, height);
				} catch {
					instead ??= otherwise();
				}
			}
			return instead.read(picture, options);
		},
		close: () => instead?.close(),
	};
}

interface Waiting {
	readonly answer: (texts: readonly string[]) => void;
	readonly fail: (error: Error) => void;
}

/** The worker answers in the order it was asked, so a plain queue says whose answer it is. */
function workerDecoder(worker: Worker): Decoder {
	const queue: Waiting[] = [];
	worker.addEventListener("message", (event: MessageEvent<Reading>) => {
		const waiting = queue.shift();
		if (event.data.kind === "read") waiting?.answer(event.data.texts);
		else waiting?.fail(new Error(event.data.message));
	});
	worker.addEventListener("error", (event) => {
		for (const waiting of queue.splice(0)) waiting.fail(new Error(event.message));
	});
	return {
		read(picture, { isPhoto = false } = {}) {
			return new Promise((answer, fail) => {
				queue.push({ answer, fail });
				worker.postMessage({ picture, isPhoto } satisfies ReadRequest, [picture]);
			});
		},
		close() {
			worker.terminate();
			for (const waiting of queue.splice(0)) waiting.fail(new Error("The reader was closed."));
		},
	};
}
