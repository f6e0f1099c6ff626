import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Camera, cameraTroubleInWords, troubleOf } from "./camera.svelte";

class FakeTrack extends EventTarget {
	isStopped = false;
	stop = () => {
		this.isStopped = true;
	};
	getCapabilities = () => ({ torch: true });
	applyConstraints = vi.fn(async () => undefined);
}

class FakeStream {
	track = new FakeTrack();
	getTracks = () => [this.track];
	getVideoTracks = () => [this.track];
}

let opened: FakeStream[];
let open: () => Promise<FakeStream>;

beforeEach(() => {
	opened = [];
	open = async () => {
		const stream = new FakeStream();
		opened.push(stream);
		return stream;
	};
	vi.stubGlobal("isSecureContext", true);
	Object.defineProperty(navigator, "mediaDevices", { value: { getUserMedia: () => open() }, configurable: true });
});
afterEach(() => {
	Reflect.deleteProperty(navigator, "mediaDevices");
});

describe("the camera", () => {
	test("is let go when it is stopped", async () => {
		const camera = new Camera();
		await camera.start();
		expect(camera.stream).not.toBeNull();
		camera.stop();
		expect(camera.stream).toBeNull();
		expect(opened[0]?.track.isStopped).toBe(true);
	});

	test("is let go as well when it comes after it was stopped", async () => {
		const camera = new Camera();
		const starting = camera.start();
		camera.stop();
		await starting;
		expect(camera.stream).toBeNull();
		expect(opened[0]?.track.isStopped).toBe(true);
	});

	test("started twice keeps one stream", async () => {
		const camera = new Camera();
		await Promise.all([camera.start(), camera.start()]);
		expect(opened.map((stream) => stream.track.isStopped)).toEqual([true, false]);
	});

	test("says so when the system takes it away", async () => {
		const camera = new Camera();
		await camera.start();
		opened[0]?.track.dispatchEvent(new Event("ended"));
		expect(camera.stream).toBeNull();
		expect(camera.trouble).toBe("busy");
	});

	test("lights its torch and forgets it when it is stopped", async () => {
		const camera = new Camera();
		await camera.start();
		expect(camera.hasTorch).toBe(true);
		await camera.toggleTorch();
		expect(camera.isTorchOn).toBe(true);
		expect(opened[0]?.track.applyConstraints).toHaveBeenCalledWith({ advanced: [{ torch: true }] });
		camera.stop();
		expect(camera.isTorchOn).toBe(false);
	});

	test("is not asked for on an address that is not secure", async () => {
		vi.stubGlobal("isSecureContext", false);
		const camera = new Camera();
		await camera.start();
		expect(camera.trouble).toBe("insecure");
		expect(opened).toEqual([]);
	});

	test("that failed once can be tried again", async () => {
		const works = open;
		open = () => Promise.reject(new DOMException("no", "NotAllowedError"));
		const camera = new Camera();
		await camera.start();
		expect(camera.trouble).toBe("denied");
		open = works;
		await camera.start();
		expect(camera.trouble).toBeNull();
		expect(camera.stream).not.toBeNull();
	});
});

test.each([
	["NotAllowedError", "denied"],
	["NotFoundError", "none"],
	["OverconstrainedError", "none"],
	["NotReadableError", "busy"],
	["AbortError", "busy"],
] as const)("%s is told as %s", (name, trouble) => {
	expect(troubleOf(new DOMException("", name))).toBe(trouble);
	expect(cameraTroubleInWords(trouble)).toMatch(/\.$/);
});
