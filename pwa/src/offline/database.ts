// The phone's own database: what the app needs to open without a network. Everything personal in it carries the
// person's id, so that another sign-in on the same phone neither sees nor sends it.
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { KeptPlace } from "./doors/places";
import type { KeptPart, KeptRoster } from "./doors/roster-keeping";
import type { LinedThing } from "./doors/sealed-line";
import type { BegunText, Draft } from "./drafts";
import type { Kept } from "./outbox/waiting";
import type { OpenedBadge } from "./vault/opened";
import type { KeptRecord, KeptVault } from "./vault/storing";

export interface KeptAnswer {
	readonly person: string;
	/** The operation and its variables, as `questionOf` writes them. */
	readonly question: string;
	readonly answer: unknown;
	/** The phone's time in milliseconds. */
	readonly keptAt: number;
}

/** What a scan of this phone became. */
export interface ScanMade {
	readonly person: string;
	/** The scan's key. */
	readonly key: string;
	/** The swap's id. */
	readonly swap: string;
}

export interface HandselDatabase extends DBSchema {
	/** One value each, of this phone and not of a person: who is signed in. */
	device: { key: string; value: string };
	/** The last answer to each question, so that a screen has something to show at once. */
	answers: { key: [string, string]; value: KeptAnswer; indexes: { person: string } };
	/** Which vault is in use for whom, and which is being written. */
	vaults: { key: [string, string]; value: KeptVault };
	/** Their records, sealed, by generation and lookup. */
	vaultEntries: { key: [string, string]; value: KeptRecord };
	/** Badges scanned here and what the vault held for them, by person and scan. */
	opened: { key: [string, string]; value: OpenedBadge; indexes: { place: [string, string] } };
	/** What was written and not yet sent, in its order; `outbox/` reads and writes it. */
	outbox: { key: number; value: Kept; indexes: { person: string; slot: [string, string] } };
	scansMade: { key: [string, string]; value: ScanMade; indexes: { person: string } };
	/** Texts that were begun and not kept, by person and key. */
	drafts: { key: [string, string]; value: Draft | BegunText; indexes: { person: string } };
	/** The doors that this phone is, or was until what waits is sent. */
	doorPlaces: { key: string; value: KeptPlace };
	/** The key of each, under which all that follows is sealed. It cannot be taken out of the browser. */
	doorKeys: { key: string; value: CryptoKey };
	doorLines: { key: number; value: LinedThing; indexes: { line: string } };
	doorRosters: { key: string; value: KeptRoster };
	doorRosterParts: { key: [string, number]; value: KeptPart };
}

export type Database = IDBPDatabase<HandselDatabase>;

const NAME = "handsel";
/** Raise it with each new store; `upgrade` only ever adds, one step for each version. */
const VERSION = 5;

let opened: Promise<Database | null> | undefined;

/** The open database, or null where the browser allows none: the app then works, but only with a network. */
export function database(): Promise<Database | null> {
	opened ??= open().catch(() => null);
	return opened;
}

// Async, so that a browser which throws on the mere mention of a database counts like one that refuses.
async function open(): Promise<Database> {
	return openDB<HandselDatabase>(NAME, VERSION, {
		upgrade(db, oldVersion) {
			if (oldVersion < 1) {
				db.createObjectStore("device");
				db.createObjectStore("answers", { keyPath: ["person", "question"] }).createIndex("person", "person");
			}
			if (oldVersion < 2) {
				db.createObjectStore("vaults", { keyPath: ["person", "event"] });
				db.createObjectStore("vaultEntries");
				db.createObjectStore("opened", { keyPath: ["person", "key"] }).createIndex("place", ["person", "event"]);
			}
			if (oldVersion < 3) {
				const outbox = db.createObjectStore("outbox", { keyPath: "place", autoIncrement: true });
				outbox.createIndex("person", "person");
				outbox.createIndex("slot", ["person", "slot"]);
				db.createObjectStore("scansMade", { keyPath: ["person", "key"] }).createIndex("person", "person");
			}
			if (oldVersion < 4)
				db.createObjectStore("drafts", { keyPath: ["person", "key"] }).createIndex("person", "person");
			if (oldVersion < 5) {
				db.createObjectStore("doorPlaces", { keyPath: "place" });
				db.createObjectStore("doorKeys");
				db.createObjectStore("doorLines", { keyPath: "order", autoIncrement: true }).createIndex("line", "line");
				db.createObjectStore("doorRosters", { keyPath: "place" });
				db.createObjectStore("doorRosterParts");
			}
		},
		blocking(_current, _blocked, event) {
			// A newer version of the app in another tab wants to upgrade: let go, and open again when next asked.
			(event.target as IDBDatabase).close();
			opened = undefined;
		},
		terminated() {
			opened = undefined;
		},
	});
}

/** Tries once more on a newly opened database: phones close it under a page that was in the background. */
export async function twice<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		if (!(error instanceof DOMException) || error.name === "QuotaExceededError") throw error;
		await closeDatabase();
		return work();
	}
}

/** Closes the database; the next call of `database` opens it anew. */
export async function closeDatabase(): Promise<void> {
	(await opened)?.close();
	opened = undefined;
}
