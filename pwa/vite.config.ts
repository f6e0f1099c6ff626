// How the app is built, served while it is written, and tested.
import { availableParallelism } from "node:os";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";
import { documents } from "./build/document.ts";
import { precache } from "./build/precache.ts";

/** Where `npm run dev` finds the server. */
const SERVER = process.env.HANDSEL_SERVER ?? "http://localhost:8765";

export default defineConfig({
	plugins: [documents(), svelte({ configFile: false }), precache("src/sw/worker.ts")],
	build: {
		target: "es2023",
		// The policy of the page allows no data: fonts or scripts.
		assetsInlineLimit: 0,
		modulePreload: { polyfill: false },
	},
	server: {
		proxy: {
			"/graphql": { target: SERVER, ws: true },
			"/events": SERVER,
		},
	},
	test: {
		environment: "happy-dom",
		include: ["src/**/*.test.ts"],
		setupFiles: ["fake-indexeddb/auto"],
		// All of them: one is left free for a person who watches, and nobody does.
		maxWorkers: availableParallelism(),
		restoreMocks: true,
		unstubGlobals: true,
	},
});
