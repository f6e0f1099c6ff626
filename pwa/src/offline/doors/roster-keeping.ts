// The roster on the phone's disk, sealed in parts so that one arrival rewrites one part and not the whole list. Parts and
// cursor are written in one step: what is read back is never older than its cursor says.
import { database, twice } from "../database";
import { Roster, type RosterEntry } from "./roster";
import { keyOf, type Sealed, seal, unseal } from "./sealing";

export interface KeptRoster {
	readonly place: string;
	/** Where it stands, for asking what changed since; opaque. */
	readonly cursor: string;
	/** The phone's time in milliseconds at which the server last said that this is all. */
	readonly checkedAt: number;
	/** Which page wrote last: what another one wrote since may be newer than what is in memory here. */
	readonly writer: string;
}

export type KeptPart = Sealed;

/** Of twenty thousand people, each part then holds about three hundred. */
const PARTS = 64;

const WRITER = crypto.randomUUID();
const STORES = ["doorRosters", "doorRosterParts"] as const;
const partsOf = (place: string) => IDBKeyRange.bound([place], [place, []]);
const about = (place: string, part: number): string => `roster ${part} of ${place}`;

/** The part in which somebody stands: a 32-bit FNV-1a over their id. */
function partOf(registration: string): number {
	let hash = 0x811c9dc5;
	for (let at = 0; at < registration.length; at += 1) {
		hash = Math.imul(hash ^ registration.charCodeAt(at), 0x01000193);
	}
	return (hash >>> 0) % PARTS;
}

export interface ReadRoster {
	readonly roster: Roster;
	readonly cursor: string;
	readonly checkedAt: number;
}

/** The roster kept for a place; null where there is none, or none that this phone's key opens. */
export async function readRoster(place: string): Promise<ReadRoster | null> {
	const found = await twice(async () => {
		const transaction = (await database())?.transaction(STORES, "readonly");
		const kept = await transaction?.objectStore("doorRosters").get(place);
		const parts = await transaction?.objectStore("doorRosterParts").getAll(partsOf(place));
		const numbers = await transaction?.objectStore("doorRosterParts").getAllKeys(partsOf(place));
		return kept && parts && numbers ? { kept, parts, numbers } : null;
	});
	if (found === null) return null;
	const key = await keyOf(place);
	const opened = await Promise.all(
		found.parts.map((part, index) => unseal<RosterEntry[]>(key, about(place, found.numbers[index]?.[1] ?? -1), part)),
	);
	if (opened.some((part) => part === null)) return null;
	const { cursor, checkedAt } = found.kept;
	return { roster: new Roster(opened.flatMap((part) => part ?? [])), cursor, checkedAt };
}

/** Keeps the roster as it stands at `cursor`; of it, `changed` are the people whose entries are new, changed or gone since
 * it was last written here, and null is everybody. Rejects when the phone is full. */
export async function keepRoster(
	place: string,
	roster: Roster,
	at: { readonly cursor: string; readonly now: number },
	changed: readonly string[] | null,
): Promise<void> {
	const db = await database();
	if (db === null) return;
	const kept = await db.get("doorRosters", place);
	const isWhole = changed === null || kept?.writer !== WRITER;
	const numbers = isWhole ? Array.from({ length: PARTS }, (_, part) => part) : [...new Set(changed.map(partOf))];
	const sealed = await sealedParts(place, roster, new Set(numbers));
	const transaction = db.transaction(STORES, "readwrite");
	const isOvertaken = !isWhole && (await transaction.objectStore("doorRosters").get(place))?.writer !== WRITER;
	if (isOvertaken) {
		await transaction.done;
		await keepRoster(place, roster, at, null);
		return;
	}
	const parts = transaction.objectStore("doorRosterParts");
	await Promise.all([
		...sealed.map(([number, part]) => parts.put(part, [place, number])),
		transaction.objectStore("doorRosters").put({ place, cursor: at.cursor, checkedAt: at.now, writer: WRITER }),
		transaction.done,
	]);
}

async function sealedParts(place: string, roster: Roster, numbers: ReadonlySet<number>): Promise<[number, Sealed][]> {
	if (numbers.size === 0) return [];
	const entries = new Map<number, RosterEntry[]>([...numbers].map((number) => [number, []]));
	for (const entry of roster.entries) entries.get(partOf(entry.registration))?.push(entry);
	const key = await keyOf(place);
	return Promise.all(
		Array.from(
			entries,
			async ([number, part]): Promise<[number, Sealed]> => [number, await seal(key, about(place, number), part)],
		),
	);
}

export async function forgetRoster(place: string): Promise<void> {
	const transaction = (await database())?.transaction(STORES, "readwrite");
	if (!transaction) return;
	await transaction.objectStore("doorRosterParts").delete(partsOf(place));
	await transaction.objectStore("doorRosters").delete(place);
	await transaction.done;
}
