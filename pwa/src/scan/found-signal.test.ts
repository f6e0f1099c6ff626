import { beforeEach, describe, expect, test, vi } from "vitest";

let tones: number[];
let buzz: ReturnType<typeof vi.fn>;

/** As much of the browser's sound as is used: it writes down each pitch. */
class FakeAudio {
	static opened = 0;
	currentTime = 0;
	destination = {};
	constructor() {
		FakeAudio.opened += 1;
	}
	resume = async () => undefined;
	close = async () => undefined;
	createGain = () => ({
		gain: { setValueAtTime: () => undefined, linearRampToValueAtTime: () => undefined },
		connect: () => undefined,
	});
	createOscillator = () => ({
		type: "",
		frequency: {
			set value(pitch: number) {
				tones.push(pitch);
			},
		},
		connect: (next: unknown) => next,
		start: () => undefined,
		stop: () => undefined,
	});
}

/** The choice as a phone that was opened just now has it. */
async function freshPhone() {
	vi.resetModules();
	return (await import("./found-signal.svelte")).foundSignal;
}

beforeEach(() => {
	tones = [];
	buzz = vi.fn();
	FakeAudio.opened = 0;
	localStorage.clear();
	vi.stubGlobal("AudioContext", FakeAudio);
	Object.defineProperty(navigator, "vibrate", { value: buzz, configurable: true });
});

describe("the signal of a found badge", () => {
	test("is neither heard nor felt until somebody switches it on", async () => {
		const signal = await freshPhone();
		signal.open();
		signal.give();
		expect([signal.isOn, tones, buzz.mock.calls, FakeAudio.opened]).toEqual([false, [], [], 0]);
	});

	test("is heard and felt at once when it is switched on, and stays on this phone", async () => {
		(await freshPhone()).set(true);
		expect(tones).toHaveLength(2);
		expect(buzz).toHaveBeenCalledTimes(1);
		const later = await freshPhone();
		const close = later.open();
		later.give();
		close();
		expect(tones).toHaveLength(4);
	});

	test("is silent again when it is switched off, now and later", async () => {
		const signal = await freshPhone();
		signal.set(true);
		signal.set(false);
		tones = [];
		signal.give();
		expect([tones, (await freshPhone()).isOn]).toEqual([[], false]);
	});

	test("is heard on phones that cannot buzz", async () => {
		Reflect.deleteProperty(navigator, "vibrate");
		(await freshPhone()).set(true);
		expect(tones).toHaveLength(2);
	});
});
