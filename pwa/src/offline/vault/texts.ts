// The texts that the prompts of all entries share, inflated once and held: a scan should not wait for them.
import type { LibraryPrompt } from "./format";
import { inflated } from "./inflating";
import { readTexts } from "./judging";
import { type CurrentVault, keptTexts } from "./storing";

type Library = ReadonlyMap<string, LibraryPrompt>;

let held: { readonly of: string; readonly texts: Promise<Library> } | null = null;

/** The prompts of the library by their keys; none where the phone has no texts that it can read. */
export function textsOf(vault: CurrentVault): Promise<Library> {
	const of = `${vault.generation} ${vault.cursor}`;
	if (held?.of !== of) held = { of, texts: read(vault) };
	return held.texts;
}

async function read(vault: CurrentVault): Promise<Library> {
	try {
		const deflated = await keptTexts(vault);
		return deflated === null ? new Map() : readTexts(await inflated(deflated));
	} catch {
		return new Map();
	}
}
