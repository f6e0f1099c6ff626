// Texts that were begun and are not kept yet: they outlive the closing of the app, on this phone alone, until they are
// kept or let go. Nothing here is ever sent; what is kept goes through the outbox.
import { database } from "./database";

export interface Draft {
	readonly person: string;
	/** The phone's own name for what it may become: the key under which it will be kept. */
	readonly key: string;
	/** The swap it is about, by its id or by the key of its scan. */
	readonly thing: string;
	readonly kind: "insight" | "promise" | "need" | "note";
	/** The library key of the prompt that an insight belongs to. */
	readonly prompt: string | null;
	readonly text: string;
	/** What else was chosen for a promise: its kind as the contract names it, and the day as YYYY-MM-DD. */
	readonly promise: { readonly kind: string; readonly dueOn: string | null } | null;
	/** Its page was open when this was kept: whoever comes back goes on there. */
	readonly isOpen: boolean;
	/** The phone's time in milliseconds. */
	readonly changedAt: number;
}

/** An organizer's unfinished pack of prompts. */
export interface BegunPack {
	readonly person: string;
	/** One for each event. */
	readonly key: string;
	readonly kind: "pack";
	readonly text: string;
}

/** Everything this person has begun about people on this phone, the oldest first. */
export async function draftsOf(person: string): Promise<Draft[]> {
	const drafts = (await (await database())?.getAllFromIndex("drafts", "person", person)) ?? [];
	return drafts.filter((draft) => draft.kind !== "pack").toSorted((a, b) => a.changedAt - b.changedAt);
}

/** The text of the pack that was begun under this key; empty where none was. */
export async function packBegun({ person, key }: Pick<BegunPack, "person" | "key">): Promise<string> {
	return (await (await database())?.get("drafts", [person, key]))?.text ?? "";
}

/** Keeps it in place of what was kept of it before. Rejects when the phone is full. */
export async function keepDraft(draft: Draft | BegunPack): Promise<void> {
	await (await database())?.put("drafts", draft);
}

export async function forgetDraft({ person, key }: Pick<Draft, "person" | "key">): Promise<void> {
	await (await database())?.delete("drafts", [person, key]);
}

/** Forgets all that one person has begun, as signing out does. */
export async function forgetDrafts(person: string): Promise<void> {
	const transaction = (await database())?.transaction("drafts", "readwrite");
	if (!transaction) return;
	for (const key of await transaction.store.index("person").getAllKeys(person)) await transaction.store.delete(key);
	await transaction.done;
}
