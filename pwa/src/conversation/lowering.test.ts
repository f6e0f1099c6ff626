import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { followLowering, LINGER, positionAt, uprightness } from "./lowering";

const at = (beta: number, gamma = 0, angle = 0) => positionAt(uprightness({ beta, gamma }, angle) ?? Number.NaN);

describe("a phone", () => {
	test.each([
		["held to be read", 45, 0, 0, "up"],
		["held low, still to be read", 25, 5, 0, "up"],
		["laid on a table", 1, 0, 0, "down"],
		["hanging at the side, head down", -80, 0, 0, "down"],
		["laid on its face", 179, 0, 0, "down"],
		["on the way between", 12, 0, 0, null],
		["held crosswise, its left side down", 0, -50, 90, "up"],
		["held crosswise, its right side down", 0, 50, 270, "up"],
		["laid down crosswise", 0, 2, 90, "down"],
	] as const)("%s", (_, beta, gamma, angle, position) => {
		expect(at(beta, gamma, angle)).toBe(position);
	});

	test("without the sensor says nothing", () => {
		expect(uprightness({ beta: null, gamma: null }, 0)).toBeNull();
	});
});

describe("following it", () => {
	const heard: string[] = [];
	let stop: () => void = () => undefined;
	const tilt = (beta: number) =>
		window.dispatchEvent(Object.assign(new Event("deviceorientation"), { beta, gamma: 0 }));

	beforeEach(() => {
		vi.useFakeTimers();
		heard.length = 0;
		stop = followLowering({ onlowered: () => heard.push("lowered"), onraised: () => heard.push("raised") });
	});
	afterEach(() => {
		stop();
		vi.useRealTimers();
	});

	test("tells that it was lowered, and that it was raised again, once each", () => {
		tilt(50);
		tilt(-60);
		tilt(-62);
		vi.advanceTimersByTime(LINGER);
		tilt(-64);
		tilt(48);
		tilt(50);
		expect(heard).toEqual(["lowered", "raised"]);
	});

	test("tells nothing of a nod", () => {
		tilt(50);
		tilt(0);
		vi.advanceTimersByTime(LINGER / 2);
		tilt(50);
		vi.advanceTimersByTime(LINGER);
		expect(heard).toEqual([]);
	});

	test("tells nothing of a phone that lay flat all the time", () => {
		tilt(0);
		vi.advanceTimersByTime(LINGER);
		expect(heard).toEqual([]);
	});
});
