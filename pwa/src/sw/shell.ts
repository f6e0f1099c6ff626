// The files of one version of the app and the name of the cache that holds them.

export interface PrecachedFile {
	/** From the root, such as /assets/app-3f2a.js. */
	readonly url: string;
	/** A hash of the content. */
	readonly revision: string;
	/** True when the name itself holds the hash. */
	readonly isHashed: boolean;
}

/** A name that changes when any file does: a 32-bit FNV-1a over urls and revisions. */
export function shellName(files: readonly PrecachedFile[]): string {
	let hash = 0x811c9dc5;
	for (const character of files.map(({ url, revision }) => `${url} ${revision}`).join("\n")) {
		hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
	}
	return `shell-${(hash >>> 0).toString(16).padStart(8, "0")}`;
}
