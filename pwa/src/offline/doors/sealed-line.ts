// A line of things on this phone, sealed, in the order in which they joined it: scans that wait to be sent, what is to be
// looked at. It survives the closing of the app, a reload and a killed tab. It sends nothing and knows nothing of what it keeps.
import { type Database, database, twice } from "../database";
import { NoRoom } from "../outbox/keeping";
import { keyOf, type Sealed, seal, unseal } from "./sealing";

export interface LinedThing extends Sealed {
	/** Counted up by the database: one order over all tabs. */
	readonly order: number;
	readonly line: string;
}

/** Something in its place. */
export interface Lined<T> {
	readonly order: number;
	readonly value: T;
}

export interface SealedLine<T> {
	/** Whether it survives the closing of the page. */
	readonly isDurable: boolean;
	read(): Promise<Lined<T>[]>;
	/** All of them at the end, or none of them. Raises `NoRoom`. */
	add(...values: readonly T[]): Promise<Lined<T>[]>;
	/** Puts a changed thing where it was, if it is still there. Raises `NoRoom`. */
	change(lined: Lined<T>): Promise<void>;
	remove(lined: readonly Lined<T>[]): Promise<void>;
}

/** The line of this name at a place, as this browser allows it. */
export async function openLine<T>(place: string, name: string): Promise<SealedLine<T>> {
	if ((await database()) === null) return new InThisPage<T>();
	return new OnThisPhone<T>(lineOf(place, name), await keyOf(place));
}

const lineOf = (place: string, name: string): string => `${place} ${name}`;

/** Forgets the lines of these names at a place. */
export async function forgetLines(place: string, names: readonly string[]): Promise<void> {
	const transaction = (await database())?.transaction("doorLines", "readwrite");
	if (!transaction) return;
	for (const name of names) {
		const orders = await transaction.store.index("line").getAllKeys(lineOf(place, name));
		for (const order of orders) await transaction.store.delete(order);
	}
	await transaction.done;
}

/** How many things stand in a line; none of them is opened. */
export async function lengthOf(place: string, name: string): Promise<number> {
	return (await (await database())?.countFromIndex("doorLines", "line", lineOf(place, name))) ?? 0;
}

class OnThisPhone<T> implements SealedLine<T> {
	readonly isDurable = true;
	#line: string;
	#key: CryptoKey;

	constructor(line: string, key: CryptoKey) {
		this.#line = line;
		this.#key = key;
	}

	async read(): Promise<Lined<T>[]> {
		const kept = await twice(async () => (await opened()).getAllFromIndex("doorLines", "line", this.#line));
		const values = await Promise.all(kept.map((each) => unseal<T>(this.#key, this.#line, each)));
		return kept.flatMap(({ order }, index) => {
			const value = values[index];
			return value === null || value === undefined ? [] : [{ order, value }];
		});
	}

	async add(...values: readonly T[]): Promise<Lined<T>[]> {
		const sealed = await Promise.all(values.map((value) => seal(this.#key, this.#line, value)));
		return orNoRoom(async () => {
			const transaction = (await opened()).transaction("doorLines", "readwrite", { durability: "strict" });
			const orders = sealed.map((each) => transaction.store.add({ ...each, line: this.#line } as LinedThing));
			const [joined] = await Promise.all([Promise.all(orders), transaction.done]);
			return values.map((value, index) => ({ order: joined[index] as number, value }));
		});
	}

	async change({ order, value }: Lined<T>): Promise<void> {
		const sealed = await seal(this.#key, this.#line, value);
		await orNoRoom(async () => {
			const transaction = (await opened()).transaction("doorLines", "readwrite");
			const isThere = (await transaction.store.getKey(order)) !== undefined;
			const put = isThere ? transaction.store.put({ ...sealed, order, line: this.#line }) : undefined;
			await Promise.all([put, transaction.done]);
		});
	}

	async remove(lined: readonly Lined<T>[]): Promise<void> {
		await twice(async () => {
			const transaction = (await opened()).transaction("doorLines", "readwrite");
			await Promise.all([...lined.map(({ order }) => transaction.store.delete(order)), transaction.done]);
		});
	}
}

/** For browsers that keep nothing, as private windows of some do: true until the page is closed. */
class InThisPage<T> implements SealedLine<T> {
	readonly isDurable = false;
	#things: Lined<T>[] = [];
	#last = 0;

	async read(): Promise<Lined<T>[]> {
		return [...this.#things];
	}

	async add(...values: readonly T[]): Promise<Lined<T>[]> {
		const lined = values.map((value) => {
			this.#last += 1;
			return { order: this.#last, value };
		});
		this.#things.push(...lined);
		return lined;
	}

	async change(changed: Lined<T>): Promise<void> {
		this.#things = this.#things.map((each) => (each.order === changed.order ? changed : each));
	}

	async remove(lined: readonly Lined<T>[]): Promise<void> {
		const orders = new Set(lined.map(({ order }) => order));
		this.#things = this.#things.filter(({ order }) => !orders.has(order));
	}
}

async function opened(): Promise<Database> {
	const db = await database();
	if (db === null) throw new NoRoom();
	return db;
}

/** A write that fails is no accident to be hidden: whatever the browser's reason, the thing is not kept. */
async function orNoRoom<T>(write: () => Promise<T>): Promise<T> {
	try {
		return await twice(write);
	} catch {
		throw new NoRoom();
	}
}
