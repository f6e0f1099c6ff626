// One tab at a time sends what belongs to one thing. The browser's own locks say whose turn it is; where it has none, a
// line in the phone's database does. It knows nothing of what is sent.
import { database } from "../database";

/** Does `work` when it is this tab's turn, and resolves when it is done. */
export type TakeTurn = (name: string, work: () => Promise<void>) => Promise<void>;

/** Milliseconds after which a tab that holds a turn counts as frozen. What is sent twice by that has the same key. */
const FROZEN = 25_000;

/** The turns that this browser can give. */
export const takeTurn: TakeTurn = (name, work) =>
	typeof navigator.locks?.request === "function" ? byLock(name, work) : byLease(name, work);

async function byLock(name: string, work: () => Promise<void>): Promise<void> {
	const patience = AbortSignal.timeout(FROZEN);
	let hasBegun = false;
	const begin = () => {
		hasBegun = true;
		return work();
	};
	try {
		await navigator.locks.request(name, { signal: patience }, begin);
	} catch (error) {
		// Phones freeze tabs in the background, with whatever they hold.
		if (!hasBegun && patience.aborted) await navigator.locks.request(name, { steal: true }, begin).catch(ignoreTheft);
		else ignoreTheft(error);
	}
}

/** Another tab took this one for frozen. Its work goes on, and what both send has the same key. */
function ignoreTheft(error: unknown): void {
	if (!(error instanceof DOMException && error.name === "AbortError")) throw error;
}

const ASK_AGAIN = 250;
const tab = Math.random().toString(36).slice(2);

/** A lease in the database: taken when there is none or it has run out, given back afterwards. */
export async function byLease(name: string, work: () => Promise<void>, who = tab): Promise<void> {
	while (!(await lease(name, who))) await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN));
	const renewal = setInterval(() => void lease(name, who), FROZEN / 3);
	try {
		await work();
	} finally {
		clearInterval(renewal);
		await giveBack(name, who);
	}
}

async function lease(name: string, who: string): Promise<boolean> {
	const db = await database();
	if (db === null) return true;
	const transaction = db.transaction("device", "readwrite");
	const [holder, until] = ((await transaction.store.get(name)) ?? "").split(" ");
	const isFree = !holder || holder === who || Number(until) < Date.now();
	if (!isFree) return false;
	// A phone too full for this line sends all the same: what goes out twice by that has the same key.
	await Promise.all([transaction.store.put(`${who} ${Date.now() + FROZEN}`, name), transaction.done]).catch(() => null);
	return true;
}

async function giveBack(name: string, who: string): Promise<void> {
	const transaction = (await database())?.transaction("device", "readwrite");
	if (!transaction) return;
	if ((await transaction.store.get(name))?.startsWith(`${who} `)) await transaction.store.delete(name);
	await transaction.done;
}
