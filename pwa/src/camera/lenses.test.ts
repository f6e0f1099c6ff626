import { describe, expect, test } from "vitest";
import { idOf } from "./fake-lenses";
import { betterLens, lensesAmong } from "./lenses";

const devices = (...labels: string[]) =>
	labels.map((label) => ({ kind: "videoinput" as const, deviceId: idOf(label), label }));
const names = (...labels: string[]) => lensesAmong(devices(...labels)).map(({ name }) => name);

describe("the lenses to choose among", () => {
	test.each([
		["an iPhone", ["Front Camera", "Back Ultra Wide Camera", "Back Camera", "Back Telephoto Camera"]],
		["an iPhone in German", ["Frontkamera", "Ultraweitwinkel-Rückkamera", "Rückkamera", "Rückseitige Telefoto-Kamera"]],
		[
			"an iPhone in French",
			["Caméra avant", "Caméra arrière ultra-grand-angle", "Caméra arrière", "Caméra arrière téléobjectif"],
		],
		["an iPhone in Japanese", ["前面カメラ", "背面超広角カメラ", "背面カメラ", "背面望遠カメラ"]],
	])("of %s are those at the back, the one for arm's length first", (_, labels) => {
		expect(names(...labels)[0]).toBe(labels[2]);
		expect(names(...labels)).not.toContain(labels[0]);
		expect(names(...labels)).toHaveLength(3);
	});

	test("of an Android phone begin with its main one", () => {
		expect(names("camera2 3, facing back", "camera2 1, facing front", "camera2 0, facing back")).toEqual([
			"camera2 0, facing back",
			"camera2 3, facing back",
		]);
	});

	test("of a computer are all that it has, where none says that it is in front", () => {
		expect(names("Integrated Webcam (0bda:58f4)", "USB Camera")).toEqual([
			"Integrated Webcam (0bda:58f4)",
			"USB Camera",
		]);
		expect(names("FaceTime HD Camera", "Desk View Camera")).toEqual(["Desk View Camera"]);
		expect(names("FaceTime HD Camera")).toEqual(["FaceTime HD Camera"]);
	});

	test("are none before the camera was allowed, when nothing has a name", () => {
		const unnamed = { kind: "videoinput" as const, deviceId: "", label: "" };
		const microphone = { kind: "audioinput" as const, deviceId: "m", label: "Microphone" };
		expect(lensesAmong([unnamed, microphone])).toEqual([]);
	});
});

describe("another lens", () => {
	const [main, wide] = lensesAmong(devices("Back Camera", "Back Ultra Wide Camera"));
	if (main === undefined || wide === undefined) throw new Error("two lenses were named");

	test("is none while the best is in use", () => {
		expect(betterLens([main, wide], main, null)).toBeNull();
	});

	test("is the best when a poorer one is in use, or one at the front", () => {
		expect(betterLens([main, wide], wide, null)).toBe(main);
		expect(betterLens([main, wide], null, null)).toBe(main);
	});

	test("is the one that was chosen, however poor", () => {
		expect(betterLens([main, wide], main, wide)).toBe(wide);
		expect(betterLens([main, wide], wide, wide)).toBeNull();
	});

	test("is none where no name tells the back from the front", () => {
		expect(betterLens(lensesAmong(devices("USB Camera")), null, null)).toBeNull();
		expect(betterLens([], null, null)).toBeNull();
	});
});
