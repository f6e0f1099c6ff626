// What this phone made of a badge it scanned: the card and the prompts that the vault held for it, kept under the person
// who scanned. Once the server has answered, its swap stands in for them and only the way to it is kept.
import { database } from "../database";
import type { Bytes, OpenedEntry, Phase, VaultCard, VaultPrompt } from "./format";
import { lookupOf, openEntry } from "./opening";
import { keptEntry, keptVault, type VaultOf } from "./storing";
import { textsOf } from "./texts";

/** A prompt as it is shown, in the language it was first shown in. */
export interface ShownPrompt {
	readonly key: string;
	readonly phase: Phase;
	readonly quote: string | null;
	readonly text: string;
	readonly why: string;
}

export interface OpenedBadge extends VaultOf {
	/** The scan's key, which names the swap before the server does. */
	readonly key: string;
	/** The badge's lookup in hexadecimal digits; two scans of one badge have the same. */
	readonly lookup: string;
	/** The phone's time, RFC 3339. */
	readonly scannedAt: string;
	/** The badge itself, for as long as the vault may have something newer for it. */
	readonly badge: string | null;
	/** Which version of the entry this came from; null when the vault had none. */
	readonly version: number | null;
	/** Null without an entry, and once the server has answered. */
	readonly card: VaultCard | null;
	readonly prompts: readonly ShownPrompt[];
	/** The keys of the prompts that were on the screen, in their order. */
	readonly shown: readonly string[];
}

/** What the vault holds for a badge: its lookup always, the opened entry where there is one. */
export interface FoundInVault {
	readonly lookup: Bytes;
	readonly entry: OpenedEntry | null;
	/** The entry's prompts with their texts, along the arc. */
	readonly prompts: readonly VaultPrompt[];
}

/** Looks a badge up in the vault. `token` is what its QR code holds. */
export async function findInVault(of: VaultOf, token: string): Promise<FoundInVault> {
	const lookup = await lookupOf(token);
	const current = (await keptVault(of))?.current ?? null;
	const sealed = current && (await keptEntry(current, lookup));
	const entry = sealed && (await openEntry(token, current.salt, sealed));
	if (!current || entry === null) return { lookup, entry: null, prompts: [] };
	const texts = await textsOf(current);
	const prompts = entry.prompts.flatMap(({ key, quote }) => {
		const prompt = texts.get(key);
		return prompt === undefined ? [] : [{ ...prompt, quote }];
	});
	return { lookup, entry, prompts };
}

export async function openedBadges({ person, event }: VaultOf): Promise<OpenedBadge[]> {
	return (await (await database())?.getAllFromIndex("opened", "place", [person, event])) ?? [];
}

export async function openedBadge(person: string, key: string): Promise<OpenedBadge | null> {
	return (await (await database())?.get("opened", [person, key])) ?? null;
}

/** Keeps it, or changes what was kept under the same key. Rejects when the phone is full. */
export async function keepOpened(badge: OpenedBadge): Promise<void> {
	await (await database())?.put("opened", badge);
}

export async function forgetOpened({ person, key }: Pick<OpenedBadge, "person" | "key">): Promise<void> {
	await (await database())?.delete("opened", [person, key]);
}

/** Follows the vault after a sync: what came from an entry that is gone goes, what came from an older one is brought up
 * to date. Answers the badges that went and those that changed; only those the server has not answered can do either. */
export async function followVault(of: VaultOf): Promise<{ gone: OpenedBadge[]; changed: OpenedBadge[] }> {
	const gone: OpenedBadge[] = [];
	const changed: OpenedBadge[] = [];
	for (const badge of await openedBadges(of)) {
		if (badge.badge === null || badge.version === null) continue;
		const { entry } = await findInVault(of, badge.badge);
		if (entry === null) {
			await forgetOpened(badge);
			gone.push(badge);
		} else if (entry.version !== badge.version) {
			const newer = { ...badge, version: entry.version, card: entry.card, prompts: requoted(badge.prompts, entry) };
			await keepOpened(newer);
			changed.push(newer);
		}
	}
	return { gone, changed };
}

/** The same prompts, quoting only what the card says now. */
function requoted(prompts: readonly ShownPrompt[], { prompts: ready }: OpenedEntry): ShownPrompt[] {
	return prompts.map((prompt) => ({ ...prompt, quote: ready.find(({ key }) => key === prompt.key)?.quote ?? null }));
}

/** Forgets what was opened for one person, as signing out does. */
export async function forgetAllOpened(person: string): Promise<void> {
	const transaction = (await database())?.transaction("opened", "readwrite");
	if (!transaction) return;
	await transaction.store.delete(IDBKeyRange.bound([person], [person, []]));
	await transaction.done;
}
