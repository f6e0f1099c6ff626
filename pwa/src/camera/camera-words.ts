// What is wrong with the camera, in words, and where in this browser it can be allowed. It changes no setting.
import type { CameraTrouble } from "./camera.svelte";

const SENTENCES: Record<CameraTrouble, string> = {
	denied: "Handsel may not use the camera yet.",
	none: "No camera was found on this device.",
	busy: "The camera did not start. Another app may be using it.",
	insecure: "The camera works only on a secure address, one that begins with https.",
	slow: "The camera has not started yet. If you are asked whether it may be used, allow it.",
	black: "The camera shows only black. Is something over the lens?",
	stopped: "The camera’s picture has stopped.",
};

/** What is wrong, as a sentence for the person. The other ways stand beside it. */
export const cameraTroubleInWords = (trouble: CameraTrouble): string => SENTENCES[trouble];

export interface Browser {
	/** `navigator.userAgent`. */
	readonly agent: string;
	/** Opened from the home screen, in a window of its own. */
	readonly isInstalled: boolean;
	/** `navigator.maxTouchPoints`: an iPad calls itself a Mac, and is touched. */
	readonly touchPoints: number;
}

export const thisBrowser = (): Browser => ({
	agent: navigator.userAgent,
	isInstalled: matchMedia("(display-mode: standalone)").matches,
	touchPoints: navigator.maxTouchPoints,
});

/** Where the camera is allowed in this browser, as one or two sentences. */
export function howToAllow({ agent, isInstalled, touchPoints }: Browser): string {
	const isApple = /iPhone|iPad|iPod/.test(agent) || (agent.includes("Macintosh") && touchPoints > 1);
	if (isApple) return onApple(agent, isInstalled);
	if (agent.includes("Android")) return onAndroid(agent, isInstalled);
	if (agent.includes("Firefox/")) return "Click the sign of a camera beside the address, and take the block away.";
	if (/Chrome\/|Chromium\//.test(agent)) return "Click the sign to the left of the address, and switch the camera on.";
	if (agent.includes("Safari/")) return "In the menu Safari, open the settings for this website, and allow the camera.";
	return "Allow it in the browser’s settings for this site.";
}

function onApple(agent: string, isInstalled: boolean): string {
	const other = /(CriOS|FxiOS|EdgiOS)\//.exec(agent)?.[1];
	if (other !== undefined) {
		const name = { CriOS: "Chrome", FxiOS: "Firefox", EdgiOS: "Edge" }[other] ?? "this browser";
		return `Open the phone’s Settings, find ${name} among the apps, and allow the camera there.`;
	}
	if (isInstalled) return "Close Handsel and open it again, then allow the camera when you are asked.";
	return "Tap the sign to the left of the address, then Website Settings, and allow the camera.";
}

function onAndroid(agent: string, isInstalled: boolean): string {
	if (agent.includes("Firefox/")) return "Tap the shield or padlock beside the address, and allow the camera.";
	if (isInstalled) return "Hold the Handsel icon, tap App info, then Permissions, and allow the camera.";
	return "Tap the sign to the left of the address, then Permissions, and allow the camera.";
}
