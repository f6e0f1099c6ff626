// Reads QR codes out of pictures with zxing, away from the main thread. It reads texts and judges none.
import { prepareZXingModule, type ReaderOptions, readBarcodes } from "zxing-wasm/reader";
import wasmUrl from "zxing-wasm/reader/zxing_reader.wasm?url";
import { middleFirst } from "./middle-first";
import type { Reading, ReadRequest } from "./reading";

/** A frame of the camera: another comes in a moment, so nothing is tried twice. */
const QUICK: ReaderOptions = {
	formats: ["QRCode"],
	tryHarder: false,
	tryRotate: false,
	tryInvert: false,
	tryDownscale: false,
	maxNumberOfSymbols: 3,
};
/** A photograph: there is only this one. */
const THOROUGH: ReaderOptions = { formats: ["QRCode"], tryHarder: true, tryDenoise: true, maxNumberOfSymbols: 3 };

/** Fetched here and not by the library, so that a page left half-way, or a missing network, is ours to tell and not noise. */
async function prepare(): Promise<void> {
	const response = await fetch(wasmUrl);
	if (!response.ok) throw new Error(`The reader was not found: ${response.status}`);
	await prepareZXingModule({ overrides: { wasmBinary: await response.arrayBuffer() }, fireImmediately: true });
}

const ready = prepare();
// Told with the first picture; until then nobody asked.
ready.catch(() => undefined);
const canvas = new OffscreenCanvas(1, 1);
const context = canvas.getContext("2d", { willReadFrequently: true });

function pixelsOf(picture: ImageBitmap): ImageData {
	if (context === null) throw new Error("This browser gives a worker no canvas.");
	if (canvas.width !== picture.width || canvas.height !== picture.height) {
		canvas.width = picture.width;
		canvas.height = picture.height;
	}
	context.drawImage(picture, 0, 0);
	const pixels = context.getImageData(0, 0, picture.width, picture.height);
	picture.close();
	return pixels;
}

async function read({ picture, isPhoto }: ReadRequest): Promise<Reading> {
	await ready;
	const { width, height } = picture;
	const found = await readBarcodes(pixelsOf(picture), isPhoto ? THOROUGH : QUICK);
	const codes = found
		.filter(({ isValid }) => isValid)
		.map(({ text, position: { topLeft, topRight, bottomLeft, bottomRight } }) => ({
			text,
			corners: [topLeft, topRight, bottomLeft, bottomRight],
		}));
	return { kind: "read", texts: middleFirst(codes, width, height) };
}

self.addEventListener("message", (event: MessageEvent<ReadRequest>) => {
	read(event.data).then(
		(reading) => self.postMessage(reading),
		(error: unknown) => self.postMessage({ kind: "broken", message: String(error) } satisfies Reading),
	);
});
