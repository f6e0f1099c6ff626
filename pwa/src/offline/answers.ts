// Keeps the last answer to each question for each person. It never asks the server; remembered.svelte.ts does.
import type { AnyTrusted, Data, Variables } from "../graphql/trusted";
import { database } from "./database";

const questionOf = (document: AnyTrusted, variables: unknown) => `${document.id} ${JSON.stringify(variables)}`;

/** The answer kept for this person, or null where there is none. A new document has a new id and so starts empty. */
export async function keptAnswer<T extends AnyTrusted>(
	person: string,
	document: T,
	variables: Variables<T>,
): Promise<Data<T> | null> {
	const db = await database();
	const kept = await db?.get("answers", [person, questionOf(document, variables)]);
	return kept ? (kept.answer as Data<T>) : null;
}

export async function keepAnswer<T extends AnyTrusted>(
	person: string,
	document: T,
	variables: Variables<T>,
	answer: Data<T>,
): Promise<void> {
	const db = await database();
	await db?.put("answers", { person, question: questionOf(document, variables), answer, keptAt: Date.now() });
}

/** Changes the kept answer, where there is one, in one step that no other tab comes between. */
export async function changeKept<T extends AnyTrusted>(
	person: string,
	document: T,
	variables: Variables<T>,
	change: (answer: Data<T>) => Data<T>,
): Promise<void> {
	const transaction = (await database())?.transaction("answers", "readwrite");
	if (!transaction) return;
	const kept = await transaction.store.get([person, questionOf(document, variables)]);
	if (kept) await transaction.store.put({ ...kept, answer: change(kept.answer as Data<T>) });
	await transaction.done;
}

/** Takes everything about these things, named by their ids, out of all that was read for this person. */
export async function forgetMentions(person: string, ids: ReadonlySet<string>): Promise<void> {
	const transaction = (await database())?.transaction("answers", "readwrite");
	if (!transaction) return;
	for (const kept of await transaction.store.index("person").getAll(person)) {
		const answer = without(kept.answer, ids);
		if (answer !== kept.answer) await transaction.store.put({ ...kept, answer });
	}
	await transaction.done;
}

/** The value without what is one of these things or holds one: it leaves its list, and is null elsewhere. What holds
 * none is answered as it is. */
function without(value: unknown, ids: ReadonlySet<string>): unknown {
	if (typeof value !== "object" || value === null) return value;
	if (Array.isArray(value))
		return value.some((each) => mentions(each, ids)) ? value.filter((each) => !mentions(each, ids)) : value;
	if (!mentions(value, ids)) return value;
	if ("id" in value && ids.has(String(value.id))) return null;
	return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, without(each, ids)]));
}

function mentions(value: unknown, ids: ReadonlySet<string>): boolean {
	if (typeof value !== "object" || value === null) return false;
	if ("id" in value && ids.has(String(value.id))) return true;
	return Object.values(value).some((each) => mentions(each, ids));
}

/** Forgets everything read for this person, as signing out does. */
export async function forgetAnswers(person: string): Promise<void> {
	const db = await database();
	const transaction = db?.transaction("answers", "readwrite");
	if (!transaction) return;
	const keys = await transaction.store.index("person").getAllKeys(person);
	await Promise.all([...keys.map((key) => transaction.store.delete(key)), transaction.done]);
}
