// Pushes: each shows something, and a tap on it opens the right screen, in a window that is open already if there is one.
/// <reference lib="webworker" />
import { matchPath } from "../app/paths";
import { type PushWords, readPush } from "./push-words";

declare const self: ServiceWorkerGlobalScope;

async function show({ title, body, path, tag }: PushWords): Promise<void> {
	await self.registration.showNotification(title, {
		body,
		tag,
		data: path,
		icon: "/icon-192.png",
		badge: "/icon-192.png",
	});
}

async function open(path: string): Promise<void> {
	const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
	const seen = windows.find(({ visibilityState }) => visibilityState === "visible") ?? windows[0];
	if (seen === undefined) {
		await self.clients.openWindow(path);
		return;
	}
	seen.postMessage({ type: "OPEN", path });
	// Some browsers let a window come to the front only right after a tap; the screen changes all the same.
	await seen.focus().catch(() => undefined);
}

/** The browser took the subscription away: the next one is made by the app, which knows whose it is. */
async function tellWindows(): Promise<void> {
	const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
	for (const each of windows) each.postMessage({ type: "PUSH_CHANGED" });
}

export function takePushes(): void {
	self.addEventListener("push", (event) => event.waitUntil(show(readPush(event.data?.text() ?? ""))));
	self.addEventListener("notificationclick", (event) => {
		event.notification.close();
		const path: unknown = event.notification.data;
		event.waitUntil(open(typeof path === "string" && matchPath(path) !== null ? path : "/"));
	});
	self.addEventListener("pushsubscriptionchange", (event) => (event as ExtendableEvent).waitUntil(tellWindows()));
}
