// A Vite plugin that builds the service worker with the list of every file of the app. It fails the build rather than
// ship a worker that keeps nothing.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { build, type Plugin, type ResolvedConfig } from "vite";
import type { PrecachedFile } from "../src/sw/shell.ts";

const HASHED = /^\/assets\/.+-[\w-]{8}\.\w+$/;
/** Not needed offline: the browser asks for these when installing, or only people debugging do. */
const LEFT_OUT = /\.map$|^\/sw\.js$/;

function filesIn(folder: string): PrecachedFile[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => {
			const path = join(entry.parentPath, entry.name);
			const url = `/${relative(folder, path).split(sep).join("/")}`;
			const revision = createHash("sha256").update(readFileSync(path)).digest("hex").slice(0, 16);
			return { url, revision, isHashed: HASHED.test(url) };
		})
		.filter(({ url }) => !LEFT_OUT.test(url))
		.sort((a, b) => (a.url < b.url ? -1 : 1));
}

/** Builds `worker` to sw.js beside index.html once everything else has been written. */
export function precache(worker: string): Plugin {
	let config: ResolvedConfig;
	let isWritten = false;
	return {
		name: "handsel-precache",
		apply: "build",
		configResolved(resolved) {
			config = resolved;
		},
		writeBundle() {
			isWritten = true;
		},
		async closeBundle() {
			// A build that failed ends here too; its own error is the one to read.
			if (!isWritten) return;
			const folder = resolve(config.root, config.build.outDir);
			const files = filesIn(folder);
			const has = (pattern: RegExp) => files.some(({ url }) => pattern.test(url));
			if (!has(/^\/index\.html$/) || !has(/^\/assets\/.+\.js$/) || !has(/^\/assets\/.+\.css$/)) {
				throw new Error("The service worker would keep no shell: index.html, a script or a style is missing.");
			}
			await build({
				configFile: false,
				root: config.root,
				logLevel: "warn",
				publicDir: false,
				define: { __PRECACHE__: JSON.stringify(files) },
				build: {
					outDir: folder,
					emptyOutDir: false,
					rolldownOptions: {
						input: join(config.root, worker),
						output: { format: "iife", entryFileNames: "sw.js" },
					},
				},
			});
			if (!readFileSync(join(folder, "sw.js"), "utf8").includes("/index.html")) {
				throw new Error("The service worker was built without its list of files.");
			}
			config.logger.info(`sw.js keeps ${files.length} files`);
		},
	};
}
