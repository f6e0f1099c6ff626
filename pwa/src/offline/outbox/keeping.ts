// Where the outbox lies: in the phone's database, or only in this page where the browser allows none. It keeps and
// gives back; it sends nothing.
import type { IDBPObjectStore } from "idb";
import { type Database, database, type HandselDatabase, twice } from "../database";
import type { Operation } from "./operations";
import { FORMAT, isNewer, type Kept, upToDate, type Waiting } from "./waiting";

export type Unplaced = Operation & Omit<Waiting, "place" | "operation" | "variables">;

/** Which swap the scan with a key became. */
export type Swaps = ReadonlyMap<string, string>;

export interface Keeping {
	/** Whether it survives the closing of the page. */
	readonly isDurable: boolean;
	read(person: string): Promise<{ readonly items: Waiting[]; readonly swaps: Swaps }>;
	find(place: number): Promise<Waiting | null>;
	/** Keeps it at the end, in place of one with the same slot. Raises `NoRoom`; nothing is changed then. */
	add(item: Unplaced): Promise<Waiting>;
	/** Puts a changed item where it was, if it is still there. Raises `NoRoom`. */
	change(item: Waiting): Promise<void>;
	/** Takes items out; `swap` tells what a scan became. */
	remove(items: readonly Waiting[], swap?: string): Promise<void>;
	/** Everything of one person goes. */
	forget(person: string): Promise<void>;
}

/** The phone could not keep it: its storage is full, or closed to this page. Nothing was overwritten. */
export class NoRoom extends Error {}

/** The keeping that this browser allows. */
export async function openKeeping(): Promise<Keeping> {
	return (await database()) === null ? new InThisPage() : new OnThisPhone();
}

const toKept = (item: Unplaced | Waiting): Kept => ({ ...item, format: FORMAT }) as unknown as Kept;

class OnThisPhone implements Keeping {
	readonly isDurable = true;

	async read(person: string) {
		const [kept, made] = await twice(async () => {
			const db = await opened();
			return Promise.all([
				db.getAllFromIndex("outbox", "person", person),
				db.getAllFromIndex("scansMade", "person", person),
			]);
		});
		const items = kept.filter((each) => !isNewer(each)).map((each) => upToDate(each));
		return { items, swaps: new Map(made.map(({ key, swap }) => [key, swap])) };
	}

	async find(place: number): Promise<Waiting | null> {
		const kept = await twice(async () => (await opened()).get("outbox", place));
		return kept ? upToDate(kept) : null;
	}

	async add(item: Unplaced): Promise<Waiting> {
		return orNoRoom(async () => {
			const place = await inOneStep(async (outbox) => {
				const earlier = item.slot === null ? [] : await outbox.index("slot").getAllKeys([item.person, item.slot]);
				for (const each of earlier) await outbox.delete(each);
				return outbox.add(toKept(item));
			});
			return { ...item, place } as Waiting;
		});
	}

	async change(item: Waiting): Promise<void> {
		await orNoRoom(async () => {
			await inOneStep(async (outbox) => {
				if ((await outbox.getKey(item.place)) !== undefined) await outbox.put(toKept(item));
			});
		});
	}

	async remove(items: readonly Waiting[], swap?: string): Promise<void> {
		await inOneStep(async (outbox, scansMade) => {
			for (const { place, person, key } of items) {
				await outbox.delete(place);
				if (swap !== undefined) await scansMade.put({ person, key, swap });
			}
		});
	}

	async forget(person: string): Promise<void> {
		await inOneStep(async (outbox, scansMade) => {
			for (const place of await outbox.index("person").getAllKeys(person)) await outbox.delete(place);
			for (const key of await scansMade.index("person").getAllKeys(person)) await scansMade.delete(key);
		});
	}
}

/** For browsers that keep nothing, as private windows of some do: true until the page is closed. */
class InThisPage implements Keeping {
	readonly isDurable = false;
	#items: Waiting[] = [];
	#swaps = new Map<string, Map<string, string>>();
	#last = 0;

	async read(person: string) {
		return {
			items: this.#items.filter((each) => each.person === person),
			swaps: new Map(this.#swaps.get(person)),
		};
	}

	async find(place: number): Promise<Waiting | null> {
		return this.#items.find((each) => each.place === place) ?? null;
	}

	async add(item: Unplaced): Promise<Waiting> {
		this.#last += 1;
		const placed = { ...item, place: this.#last } as Waiting;
		const isEarlier = (each: Waiting) => item.slot !== null && each.slot === item.slot && each.person === item.person;
		this.#items = [...this.#items.filter((each) => !isEarlier(each)), placed];
		return placed;
	}

	async change(item: Waiting): Promise<void> {
		this.#items = this.#items.map((each) => (each.place === item.place ? item : each));
	}

	async remove(items: readonly Waiting[], swap?: string): Promise<void> {
		const places = new Set(items.map(({ place }) => place));
		this.#items = this.#items.filter((each) => !places.has(each.place));
		if (swap === undefined) return;
		for (const { person, key } of items) {
			this.#swaps.set(person, new Map(this.#swaps.get(person)).set(key, swap));
		}
	}

	async forget(person: string): Promise<void> {
		this.#items = this.#items.filter((each) => each.person !== person);
		this.#swaps.delete(person);
	}
}

async function opened(): Promise<Database> {
	const db = await database();
	if (db === null) throw new NoRoom();
	return db;
}

const STORES = ["outbox", "scansMade"] as const;
type Store<Name extends (typeof STORES)[number]> = IDBPObjectStore<HandselDatabase, typeof STORES, Name, "readwrite">;

/** Does all of `work` or nothing of it. */
function inOneStep<T>(work: (outbox: Store<"outbox">, scansMade: Store<"scansMade">) => Promise<T>): Promise<T> {
	return twice(async () => {
		const transaction = (await opened()).transaction(STORES, "readwrite");
		const { done } = transaction;
		try {
			const worked = work(transaction.objectStore("outbox"), transaction.objectStore("scansMade"));
			const [result] = await Promise.all([worked, done]);
			return result;
		} catch (error) {
			if (transaction.error === null) transaction.abort();
			await done.catch(() => undefined);
			throw error;
		}
	});
}

/** A write that fails is no accident to be hidden: whatever the browser's reason, the thing is not kept. */
async function orNoRoom<T>(write: () => Promise<T>): Promise<T> {
	try {
		return await write();
	} catch {
		throw new NoRoom();
	}
}
