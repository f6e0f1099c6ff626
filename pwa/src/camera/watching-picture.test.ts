import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Health } from "./picture-health";
import { watchPicture } from "./watching-picture";

class FakeMediaStream {
	muted = false;
	getVideoTracks = () => [{ muted: this.muted }];
}

/** As much of a video as is watched. Its frames come when they are shown. */
class FakeVideo {
	paused = false;
	currentTime = 0;
	videoWidth = 64;
	videoHeight = 64;
	srcObject = new FakeMediaStream();
	play = vi.fn(async () => undefined);
	#waiting: (() => void)[] = [];

	requestVideoFrameCallback(callback: () => void): number {
		return this.#waiting.push(callback);
	}
	cancelVideoFrameCallback = vi.fn();
	showFrame(): void {
		this.currentTime += 0.04;
		for (const each of this.#waiting.splice(0)) each();
	}
}

let brightness: number;
let video: FakeVideo;
let seen: Health[];
let stop: () => void;

/** Half a second with a frame in it, so often. */
function live(halfSeconds: number): void {
	for (let half = 0; half < halfSeconds; half += 1) {
		video.showFrame();
		vi.advanceTimersByTime(500);
	}
}

function watch(): void {
	stop = watchPicture(video as unknown as HTMLVideoElement, (health) => seen.push(health));
}

beforeEach(() => {
	vi.useFakeTimers();
	vi.stubGlobal("MediaStream", FakeMediaStream);
	brightness = 90;
	vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockImplementation(
		() =>
			({
				drawImage: () => undefined,
				getImageData: () => ({ data: [brightness, brightness, brightness, 255] }),
			}) as never,
	);
	video = new FakeVideo();
	seen = [];
});
afterEach(() => {
	stop();
	vi.useRealTimers();
});

describe("whoever watches a picture", () => {
	test("tells that it is fine while frames come", () => {
		watch();
		live(3);
		expect(seen).toEqual(["fine", "fine", "fine"]);
	});

	test("tells that it is frozen when none come any more", () => {
		watch();
		live(1);
		vi.advanceTimersByTime(2500);
		expect(seen.at(-1)).toBe("frozen");
	});

	test("tells that it is black", () => {
		watch();
		brightness = 0;
		live(5);
		expect(seen.at(-1)).toBe("black");
	});

	test("takes a track that the system muted for a frozen one", () => {
		watch();
		live(1);
		video.srcObject.muted = true;
		live(5);
		expect(seen.at(-1)).toBe("frozen");
	});

	test("lets a paused picture play", () => {
		watch();
		video.paused = true;
		vi.advanceTimersByTime(500);
		expect(video.play).toHaveBeenCalled();
	});

	test("goes by the picture's time where the browser does not tell of frames", () => {
		const timed = { paused: false, currentTime: 0, videoWidth: 64, videoHeight: 64, srcObject: null, play: video.play };
		stop = watchPicture(timed as unknown as HTMLVideoElement, (health) => seen.push(health));
		timed.currentTime = 0.5;
		vi.advanceTimersByTime(500);
		expect(seen).toEqual(["fine"]);
		vi.advanceTimersByTime(2500);
		expect(seen.at(-1)).toBe("frozen");
	});

	test("looks away while the page is hidden", () => {
		watch();
		live(1);
		const hidden = vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
		vi.advanceTimersByTime(60_000);
		hidden.mockReturnValue("visible");
		expect(seen).toEqual(["fine"]);
	});

	test("says no more once it is stopped", () => {
		watch();
		stop();
		live(3);
		expect(seen).toEqual([]);
		expect(video.cancelVideoFrameCallback).toHaveBeenCalled();
	});
});
