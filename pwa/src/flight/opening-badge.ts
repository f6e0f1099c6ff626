// From a badge in view to a card and its first prompt, with whatever the phone has: nothing here waits for a network.
import { hexOf, type VaultPrompt } from "../offline/vault/format";
import { inLanguage } from "../offline/vault/judging";
import { findInVault, type OpenedBadge, type ShownPrompt } from "../offline/vault/opened";
import { lookupOf } from "../offline/vault/opening";
import { inReach, pick, sideOf } from "../offline/vault/picking";
import type { VaultOf } from "../offline/vault/storing";

const IN_ADDRESS = /\/B\/([0-9A-Z]{26})$/i;

/** The token in a badge's address, as its QR code holds it; null where there is none. */
export const tokenIn = (address: string): string | null => IN_ADDRESS.exec(address)?.[1]?.toUpperCase() ?? null;

/** Whether it is a whole token; a typed code is shorter and only the server knows whose it is. */
export const isToken = (badge: string): boolean => badge.length === 26;

export interface Reader extends VaultOf {
	/** The token of my own badge; null while I have none. */
	readonly token: string | null;
	readonly locale: string;
}

/** What this scan shows. `asked` are the keys of prompts shown of this person before. */
export async function openBadge(
	reader: Reader,
	scan: Pick<OpenedBadge, "key" | "scannedAt"> & { readonly badge: string },
	asked: ReadonlySet<string>,
): Promise<OpenedBadge> {
	const { person, event } = reader;
	const { lookup, entry, prompts } = await findInVault({ person, event }, scan.badge);
	const side = reader.token === null ? "A" : sideOf(await lookupOf(reader.token), lookup);
	const picked = pick(inReach(prompts, side, reader.locale), side, asked).map((prompt) =>
		shownIn(prompt, reader.locale),
	);
	// A card without a single prompt that this app knows says nothing that the server's answer does not say better.
	const card = picked.length > 0 ? (entry?.card ?? null) : null;
	const version = card && (entry?.version ?? null);
	const { key, scannedAt, badge } = scan;
	return { person, event, key, lookup: hexOf(lookup), scannedAt, badge, version, card, prompts: picked, shown: [] };
}

function shownIn({ key, phase, quote, text, why }: VaultPrompt, locale: string): ShownPrompt {
	return { key, phase, quote, text: inLanguage(text, locale), why: inLanguage(why, locale) };
}
