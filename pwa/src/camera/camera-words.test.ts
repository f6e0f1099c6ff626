import { expect, test } from "vitest";
import { cameraTroubleInWords, howToAllow } from "./camera-words";

const IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
const MAC =
	"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15";
const ANDROID =
	"Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36";

test.each([
	["Safari on an iPhone", `${IPHONE} Version/18.5 Mobile/15E148 Safari/604.1`, 5, false, "Website Settings"],
	["an iPhone's home screen", `${IPHONE} Mobile/15E148`, 5, true, "Close Handsel and open it again"],
	["Chrome on an iPhone", `${IPHONE} CriOS/140.0 Mobile/15E148 Safari/604.1`, 5, false, "find Chrome among the apps"],
	["Firefox on an iPhone", `${IPHONE} FxiOS/140.0 Mobile/15E148 Safari/605.1.15`, 5, false, "find Firefox"],
	["an iPad, which says that it is a Mac", MAC, 5, false, "Website Settings"],
	["Safari on a Mac", MAC, 0, false, "In the menu Safari"],
	["Chrome on Android", ANDROID, 5, false, "then Permissions"],
	["an Android phone's home screen", ANDROID, 5, true, "App info"],
	["Firefox on Android", "Mozilla/5.0 (Android 15; Mobile; rv:142.0) Gecko/142.0 Firefox/142.0", 5, false, "padlock"],
	[
		"Firefox on a computer",
		"Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0",
		0,
		false,
		"block",
	],
	[
		"Chrome on a computer",
		"Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0 Safari/537.36",
		0,
		false,
		"switch the camera on",
	],
	["another browser", "Lynx/2.9", 0, false, "browser’s settings"],
])("in %s it is told where the camera is allowed", (_, agent, touchPoints, isInstalled, words) => {
	expect(howToAllow({ agent, isInstalled, touchPoints })).toContain(words);
});

test("every trouble is a sentence", () => {
	for (const trouble of ["denied", "none", "busy", "insecure", "slow", "black", "stopped"] as const) {
		expect(cameraTroubleInWords(trouble)).toMatch(/^[A-Z].*[.?]$/);
	}
});
