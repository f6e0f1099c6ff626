// Whether this browser takes pushes, and turning that on and off. It asks for leave only when the person pressed a button;
// on each start it makes sure that what was turned on still is: browsers drop subscriptions without a word.
import { Notifications, SubscribePush } from "../graphql/documents.generated";
import { troubleInWords } from "../graphql/outcome";
import { send } from "../graphql/server";
import { Choosing } from "../offline/outbox/choosing.svelte";
import { currentPerson } from "../offline/person";
import { browserName } from "./browser-name";

/** `home-screen`: an iPhone or iPad takes pushes only from an app on the home screen. */
export type PushStanding = "reading" | "unable" | "home-screen" | "blocked" | "off" | "on";

/** Whose pushes were turned on here; the browser's own subscription does not say. */
const KEY = "handsel.push-for";
const THIS_BROWSER = "pushes of this browser";
const NOT_NOW = "Pushes stay as they were.";

class ThisBrowser {
	standing = $state<PushStanding>("reading");
	isBusy = $state(false);
	/** Why it could not be turned on. */
	notOn = $state<string | null>(null);
	#choosing = new Choosing();

	/** Why it does not stand as the person pressed; null where it does. */
	get trouble(): string | null {
		return this.notOn ?? this.#choosing.troubleOf(THIS_BROWSER);
	}

	/** Looks how it stands; asks nobody for anything. */
	async read(): Promise<void> {
		this.standing = await standingNow();
	}

	/** Call it from a press: the browser asks the person for leave. */
	async turnOn(pushKey: string): Promise<void> {
		this.isBusy = true;
		this.notOn = null;
		const leave = await Notification.requestPermission();
		this.notOn = leave === "granted" ? await subscribe(pushKey) : null;
		this.standing = await standingNow();
		this.isBusy = false;
	}

	async turnOff(): Promise<void> {
		this.isBusy = true;
		localStorage.removeItem(KEY);
		const subscription = await subscriptionHere();
		this.notOn = null;
		await subscription?.unsubscribe();
		const person = currentPerson();
		if (subscription !== null && person !== null) {
			// The server hears when it can; until then its pushes come to nothing.
			const variables = { endpoint: subscription.endpoint };
			await this.#choosing.put(person, THIS_BROWSER, { operation: "UnsubscribePush", variables });
		}
		this.standing = await standingNow();
		this.isBusy = false;
	}

	/** On each start, and when the browser says that its subscription changed: what was turned on is on again. */
	async renew(): Promise<void> {
		if (localStorage.getItem(KEY) !== currentPerson() || !isAble() || Notification.permission !== "granted") return;
		const outcome = await send(Notifications, {});
		if (outcome.kind === "data") await subscribe(outcome.data.notifications.pushKey);
	}

	/** Whoever signs in here next gets no pushes of the one who left. */
	async forget(): Promise<void> {
		localStorage.removeItem(KEY);
		await (await subscriptionHere())?.unsubscribe();
	}
}

/** The one browser that this is. */
export const thisBrowser = new ThisBrowser();

const isAble = (): boolean => "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

/** An iPhone or iPad; newer iPads call themselves a Mac, which has no touch screen. */
const isApplePhone = (): boolean =>
	/\b(iPhone|iPad)\b/.test(navigator.userAgent) ||
	(/\bMac OS X\b/.test(navigator.userAgent) && navigator.maxTouchPoints > 1);

async function standingNow(): Promise<PushStanding> {
	if (!isAble()) {
		const isInstalled = matchMedia("(display-mode: standalone)").matches;
		return isApplePhone() && !isInstalled ? "home-screen" : "unable";
	}
	if (Notification.permission === "denied") return "blocked";
	const isWanted = localStorage.getItem(KEY) === currentPerson() && Notification.permission === "granted";
	return isWanted && (await subscriptionHere()) !== null ? "on" : "off";
}

async function subscriptionHere(): Promise<PushSubscription | null> {
	if (!isAble()) return null;
	const registration = await navigator.serviceWorker.getRegistration();
	return (await registration?.pushManager.getSubscription()) ?? null;
}

/** Why it did not work, in words; null when it did. */
async function subscribe(pushKey: string): Promise<string | null> {
	const person = currentPerson();
	if (person === null) return null;
	const registration = await navigator.serviceWorker.ready;
	const key = bytesOf(pushKey);
	let kept = await registration.pushManager.getSubscription();
	if (kept !== null && !isSame(kept.options.applicationServerKey, key)) {
		await kept.unsubscribe();
		kept = null;
	}
	try {
		kept ??= await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
	} catch {
		return "This browser could not reach its push service. Mail works all the same. Try again later.";
	}
	const { endpoint, keys } = kept.toJSON();
	const device = browserName(navigator.userAgent);
	const subscription = { endpoint: endpoint ?? "", p256dh: keys?.p256dh ?? "", auth: keys?.auth ?? "", device };
	const outcome = await send(SubscribePush, subscription);
	if (outcome.kind !== "data") return troubleInWords(outcome, NOT_NOW);
	localStorage.setItem(KEY, person);
	return null;
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
	const text = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
	return Uint8Array.from(text, (sign) => sign.charCodeAt(0));
}

function isSame(known: ArrayBuffer | null, key: Uint8Array): boolean {
	if (known === null || known.byteLength !== key.length) return false;
	return new Uint8Array(known).every((byte, index) => byte === key[index]);
}
