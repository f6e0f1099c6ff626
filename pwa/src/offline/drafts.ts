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

/** What an organizer has begun and not sent: a pack of prompts, or an event's settings as JSON. */
export interface BegunText {
	readonly person: string;
	/** One for each event and kind. */
	readonly key: string;
	readonly kind: "pack" | "event";
	readonly text: string;
}

/** Everything this person has begun about people on this phone, the oldest first. */
export async function draftsOf(person: string): Promise<Draft[]> {
	const drafts = (await (await database())?.getAllFromIndex("drafts", "person", person)) ?? [];
	return drafts
		.filter((draft): draft is Draft => draft.kind !== "pack" && draft.kind !== "event")
		.toSorted((a, b) => a.changedAt - b.changedAt);
}

/** What an organizer has begun under this key; empty where nothing was. */
export async function textBegun({ person, key }: Pick<BegunText, "person" | "key">): Promise<string> {
	return (await (await database())?.get("drafts", [person, key]))?.text ?? "";
}

/** Keeps it in place of what was kept of it before. Rejects when the phone is full. */
export async function keepDraft(draft: Draft | BegunText): Promise<void> {
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
