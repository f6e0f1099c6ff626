import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Camera } from "../camera/camera.svelte";
import { FakeLenses } from "../camera/fake-lenses";
import { keepTrying } from "./keep-trying";

let lenses: FakeLenses;
let takeAway: () => void;
let stop: () => void;
let camera: Camera;

beforeEach(() => {
	vi.useFakeTimers();
	vi.stubGlobal("isSecureContext", true);
	lenses = new FakeLenses("Front Camera");
	takeAway = lenses.install();
	camera = new Camera("front");
	stop = keepTrying(camera, () => undefined);
});
afterEach(() => {
	stop();
	camera.stop();
	takeAway();
	vi.useRealTimers();
});

const halfAMinute = () => vi.advanceTimersByTimeAsync(31_000);

test.each(["NotReadableError", "NotFoundError"])(
	"a camera that was not there (%s) comes back by itself",
	async (name) => {
		lenses.refusal = new DOMException("gone", name);
		await camera.start();
		expect(camera.trouble).not.toBeNull();
		lenses.refusal = null;
		await halfAMinute();
		expect(camera.trouble).toBeNull();
		expect(camera.stream).not.toBeNull();
	},
);

test("a camera whose picture stopped for good is opened anew by itself", async () => {
	await camera.start();
	for (let death = 0; death < 3; death += 1) {
		camera.saw("frozen");
		await vi.advanceTimersByTimeAsync(1000);
	}
	expect(camera.trouble).toBe("stopped");
	await halfAMinute();
	expect(camera.stream).not.toBeNull();
});

test("nobody is asked again and again for a camera that they refused, and one that works is left alone", async () => {
	await camera.start();
	await halfAMinute();
	expect(lenses.asked).toHaveLength(1);
	lenses.refusal = new DOMException("no", "NotAllowedError");
	await camera.start();
	await halfAMinute();
	expect(lenses.asked).toHaveLength(2);
});
