import { describe, expect, test, vi } from "vitest";
import { type DecoderSources, openDecoder } from "./decoder";
import type { Reading, ReadRequest } from "./reading";

const picture = () => ({ width: 100, height: 100, close: vi.fn() }) as unknown as ImageBitmap;

/** A detector as browsers have it, which finds what it is told to, the first at the picture's edge and the last in its middle. */
function nativeThatReads(texts: string[], formats: string[]): NonNullable<DecoderSources["native"]> {
	return class {
		static getSupportedFormats = async () => formats;
		detect = async () =>
			texts.map((rawValue, at) => ({ rawValue, cornerPoints: [{ x: (50 * (at + 1)) / texts.length, y: 50 }] }));
	};
}

/** A worker that answers each question with `answer`. */
class FakeWorker extends EventTarget {
	asked: ReadRequest[] = [];
	answer: (request: ReadRequest) => Reading;
	constructor(answer: (request: ReadRequest) => Reading) {
		super();
		this.answer = answer;
	}
	terminate = vi.fn();
	postMessage(request: ReadRequest): void {
		this.asked.push(request);
		queueMicrotask(() => this.dispatchEvent(new MessageEvent("message", { data: this.answer(request) })));
	}
}
const asWorker = (fake: FakeWorker) => () => fake as unknown as Worker;
const noWorker = () => {
	throw new Error("No worker should be needed.");
};

describe("the decoder", () => {
	test("is the browser's own where that knows QR codes, tells the middle first, and lets go of each picture", async () => {
		const decoder = await openDecoder({ native: nativeThatReads(["a", "b"], ["qr_code"]), worker: noWorker });
		const frame = picture();
		expect(await decoder.read(frame)).toEqual(["b", "a"]);
		expect(frame.close).toHaveBeenCalled();
	});

	test("is the worker's where the browser's own knows other codes only", async () => {
		const worker = new FakeWorker(() => ({ kind: "read", texts: ["c"] }));
		const decoder = await openDecoder({ native: nativeThatReads(["a"], ["ean_13"]), worker: asWorker(worker) });
		expect(await decoder.read(picture())).toEqual(["c"]);
	});

	test("is the worker's where the browser has none, and tells photographs from frames", async () => {
		const worker = new FakeWorker(({ isPhoto }) => ({ kind: "read", texts: [isPhoto ? "photo" : "frame"] }));
		const decoder = await openDecoder({ native: undefined, worker: asWorker(worker) });
		const answers = await Promise.all([decoder.read(picture(), { isPhoto: true }), decoder.read(picture())]);
		expect(answers).toEqual([["photo"], ["frame"]]);
	});

	test("changes to the worker's for good when the browser's own turns out not to work", async () => {
		const worker = new FakeWorker(() => ({ kind: "read", texts: ["c"] }));
		const detect = vi.fn(async () => Promise.reject(new DOMException("no service", "NotSupportedError")));
		const native = class {
			static getSupportedFormats = async () => ["qr_code"];
			detect = detect;
		};
		const decoder = await openDecoder({ native, worker: asWorker(worker) });
		expect(await decoder.read(picture())).toEqual(["c"]);
		expect(await decoder.read(picture())).toEqual(["c"]);
		expect(detect).toHaveBeenCalledTimes(1);
	});

	test("that is closed ends its worker", async () => {
		const worker = new FakeWorker(() => ({ kind: "read", texts: [] }));
		const decoder = await openDecoder({ native: undefined, worker: asWorker(worker) });
		decoder.close();
		expect(worker.terminate).toHaveBeenCalled();
	});

	test("says so when the worker cannot read at all", async () => {
		const worker = new FakeWorker(() => ({ kind: "broken", message: "no wasm" }));
		const decoder = await openDecoder({ native: undefined, worker: asWorker(worker) });
		await expect(decoder.read(picture())).rejects.toThrow("no wasm");
	});
});
