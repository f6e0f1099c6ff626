// The service worker: it keeps the app's own files so that it opens without a network, and shows pushes. It keeps no data,
// never answers for /graphql, and takes over from an older one only when the page says so.
/// <reference lib="webworker" />
import { matchPath } from "../app/paths";
import { takePushes } from "./push";
import { type PrecachedFile, shellName } from "./shell";

declare const self: ServiceWorkerGlobalScope;
/** Filled in by build/precache.ts; the build fails when it would be empty. */
declare const __PRECACHE__: readonly PrecachedFile[];

// Named once: the build writes the whole list wherever its name stands.
const KEPT = __PRECACHE__;
const SHELL = shellName(KEPT);
const FILES = new Set(KEPT.map((file) => file.url));

async function install(): Promise<void> {
	const cache = await caches.open(SHELL);
	await Promise.all(
		KEPT.map(async ({ url, isHashed }) => {
			// A file whose name holds its hash is the same in every version: take it from the older shell.
			const kept = isHashed ? await caches.match(url) : undefined;
			if (kept) await cache.put(url, kept);
			else await cache.add(new Request(url, { cache: isHashed ? "default" : "reload" }));
		}),
	);
}

async function forgetOlderShells(): Promise<void> {
	const names = await caches.keys();
	await Promise.all(
		names.filter((name) => name.startsWith("shell-") && name !== SHELL).map((name) => caches.delete(name)),
	);
	await self.clients.claim();
}

async function fromShell(url: string, request: Request): Promise<Response> {
	const cache = await caches.open(SHELL);
	return (await cache.match(url)) ?? fetch(request);
}

takePushes();
self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(forgetOlderShells()));

self.addEventListener("fetch", (event) => {
	const { request } = event;
	const url = new URL(request.url);
	if (request.method !== "GET" || url.origin !== self.location.origin) return;
	if (request.mode === "navigate") {
		// Only addresses of the app; everything else (exports, files, GraphiQL) is the server's.
		if (matchPath(url.pathname) !== null) event.respondWith(fromShell("/index.html", request));
	} else if (FILES.has(url.pathname)) {
		event.respondWith(fromShell(url.pathname, request));
	}
});

self.addEventListener("message", (event) => {
	const message: unknown = event.data;
	if (typeof message === "object" && message !== null && "type" in message && message.type === "SKIP_WAITING") {
		void self.skipWaiting();
	}
});
