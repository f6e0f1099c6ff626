import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Camera, troubleOf } from "./camera.svelte";
import { FakeLenses, idOf } from "./fake-lenses";
import type { Health } from "./picture-health";

let phone: FakeLenses;
let camera: Camera;
let takeAway: () => void;

beforeEach(() => {
	vi.useFakeTimers();
	vi.stubGlobal("isSecureContext", true);
	localStorage.clear();
	phone = new FakeLenses("Back Camera");
	takeAway = phone.install();
	camera = new Camera();
});
afterEach(() => {
	takeAway();
	vi.useRealTimers();
});

/** Long enough for a camera to be opened anew. */
const settle = () => vi.advanceTimersByTimeAsync(1000);
const looks = async (health: Health, times: number) => {
	for (let look = 0; look < times; look += 1) camera.saw(health);
	await settle();
};

describe("the camera", () => {
	test("is let go when it is stopped", async () => {
		await camera.start();
		expect(camera.stream).not.toBeNull();
		camera.stop();
		expect(camera.stream).toBeNull();
		expect(phone.letGo).toEqual([true]);
	});

	test("is let go as well when it comes after it was stopped", async () => {
		const starting = camera.start();
		camera.stop();
		await starting;
		expect(camera.stream).toBeNull();
		expect(phone.letGo).toEqual([true]);
	});

	test("started twice keeps one stream", async () => {
		await Promise.all([camera.start(), camera.start()]);
		expect(phone.letGo).toEqual([true, false]);
	});

	test("is not asked for on an address that is not secure", async () => {
		vi.stubGlobal("isSecureContext", false);
		await camera.start();
		expect(camera.trouble).toBe("insecure");
		expect(phone.asked).toEqual([]);
	});

	test("that failed once can be tried again", async () => {
		phone.refusal = new DOMException("no", "NotAllowedError");
		await camera.start();
		expect(camera.trouble).toBe("denied");
		phone.refusal = null;
		await camera.start();
		expect(camera.trouble).toBeNull();
		expect(camera.stream).not.toBeNull();
	});

	test("is asked for at the back, and large enough to read a badge at arm's length", async () => {
		await camera.start();
		expect(phone.asked).toMatchObject([{ facingMode: { ideal: "environment" }, width: { ideal: 1920 } }]);
	});

	test("that has not come after a while is said to be slow, and used when it comes", async () => {
		let give: () => void = () => undefined;
		const { getUserMedia } = navigator.mediaDevices;
		const late = async (wanted: MediaStreamConstraints) => {
			await new Promise<void>((resolve) => {
				give = resolve;
			});
			return getUserMedia(wanted);
		};
		Object.assign(navigator.mediaDevices, { getUserMedia: late });
		const starting = camera.start();
		await vi.advanceTimersByTimeAsync(10_000);
		expect(camera.trouble).toBe("slow");
		give();
		await starting;
		expect(camera.trouble).toBeNull();
		expect(camera.stream).not.toBeNull();
	});
});

describe("a picture that dies", () => {
	test("has the camera opened anew, and the dead one let go", async () => {
		await camera.start();
		await looks("frozen", 1);
		expect(phone.letGo).toEqual([true, false]);
		expect(camera.trouble).toBeNull();
	});

	test("again and again is told, with the camera let go", async () => {
		await camera.start();
		for (let death = 0; death < 3; death += 1) await looks("frozen", 1);
		expect(phone.letGo).toEqual([true, true, true]);
		expect(camera.trouble).toBe("stopped");
		expect(camera.stream).toBeNull();
	});

	test("is given as many chances again once it has been well for a while, or was tried again by hand", async () => {
		await camera.start();
		await looks("frozen", 1);
		await looks("frozen", 1);
		await looks("fine", 20);
		await looks("frozen", 1);
		expect(camera.trouble).toBeNull();
		await looks("frozen", 1);
		await looks("frozen", 1);
		expect(camera.trouble).toBe("stopped");
		await camera.start();
		await looks("frozen", 1);
		expect(camera.trouble).toBeNull();
	});

	test("because the system took the camera has it asked for again", async () => {
		await camera.start();
		phone.streams[0]?.track.end();
		await settle();
		expect(camera.stream).not.toBeNull();
		phone.refusal = new DOMException("in use", "NotReadableError");
		phone.streams[1]?.track.end();
		await settle();
		expect(camera.trouble).toBe("busy");
		expect(camera.stream).toBeNull();
	});

	test("is forgotten when the screen was left meanwhile", async () => {
		await camera.start();
		camera.saw("frozen");
		camera.stop();
		await settle();
		expect(phone.letGo).toEqual([true]);
		phone.streams[0]?.track.end();
		await settle();
		expect(phone.streams).toHaveLength(1);
	});

	test("and stays black is told, but goes on, since the lens may only be covered", async () => {
		await camera.start();
		for (let death = 0; death < 4; death += 1) await looks("black", 1);
		expect(camera.trouble).toBe("black");
		expect(phone.letGo).toEqual([true, true, false]);
		await looks("fine", 1);
		expect(camera.trouble).toBeNull();
		expect(camera.stream).not.toBeNull();
	});
});

describe("the light", () => {
	beforeEach(() => {
		phone.can = { torch: true, focusMode: ["manual", "continuous"] };
	});

	test("is offered once the picture is there, and asked for together with the focus", async () => {
		await camera.start();
		expect(camera.hasTorch).toBe(false);
		await camera.begun();
		expect(camera.hasTorch).toBe(true);
		await camera.toggleTorch();
		expect(camera.isTorchOn).toBe(true);
		expect(phone.streams[0]?.track.applyConstraints).toHaveBeenLastCalledWith({
			advanced: [{ focusMode: "continuous", torch: true }],
		});
	});

	test("that was on is lit again after the camera was opened anew", async () => {
		await camera.start();
		await camera.begun();
		await camera.toggleTorch();
		await looks("frozen", 1);
		expect(camera.isTorchOn).toBe(false);
		await camera.begun();
		expect(camera.isTorchOn).toBe(true);
		await camera.toggleTorch();
		expect(camera.isTorchOn).toBe(false);
	});

	test("that a phone names and does not let us light is no longer offered", async () => {
		await camera.start();
		await camera.begun();
		phone.streams[0]?.track.applyConstraints.mockRejectedValue(new DOMException("no", "NotSupportedError"));
		await camera.toggleTorch();
		expect(camera.hasTorch).toBe(false);
	});

	test("is not asked for where there is none", async () => {
		phone.can = {};
		await camera.start();
		await camera.begun();
		expect(phone.streams[0]?.track.applyConstraints).not.toHaveBeenCalled();
	});
});

describe("the lens", () => {
	test("that a phone gives is kept where nothing better is there", async () => {
		phone.names = ["Back Camera", "Back Ultra Wide Camera", "Front Camera"];
		await camera.start();
		await settle();
		expect(phone.asked).toHaveLength(1);
		expect(camera.lens?.name).toBe("Back Camera");
		expect(camera.lenses.map(({ name }) => name)).toEqual(["Back Camera", "Back Ultra Wide Camera"]);
	});

	test.each([
		["at the front", ["Front Camera", "Back Camera"]],
		["too wide", ["Back Ultra Wide Camera", "Back Camera"]],
		["not the main one", ["camera2 2, facing back", "camera2 1, facing front", "camera2 0, facing back"]],
	])("that is %s is changed for a better one, once", async (_, names) => {
		phone.names = names;
		await camera.start();
		await settle();
		expect(camera.lens?.id).toBe(idOf(names.at(-1) ?? ""));
		expect(phone.letGo).toEqual([true, false]);
	});

	test("can be changed, and is remembered on this phone", async () => {
		phone.names = ["Back Camera", "Back Telephoto Camera"];
		await camera.start();
		await settle();
		await camera.nextLens();
		await settle();
		expect(camera.lens?.name).toBe("Back Telephoto Camera");
		const another = new Camera();
		await another.start();
		expect(phone.asked.at(-1)).toMatchObject({ deviceId: { exact: idOf("Back Telephoto Camera") } });
	});

	test("that was chosen and is gone leaves the one at the back", async () => {
		localStorage.setItem("handsel.lens", "gone\nUSB Camera");
		await camera.start();
		await settle();
		expect(camera.lens?.name).toBe("Back Camera");
		expect(camera.trouble).toBeNull();
	});

	test("that was chosen is found by its name after the browser changed its id", async () => {
		phone.names = ["Back Camera", "Back Telephoto Camera"];
		localStorage.setItem("handsel.lens", "old id\nBack Telephoto Camera");
		await camera.start();
		await settle();
		expect(camera.lens?.name).toBe("Back Telephoto Camera");
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
});
