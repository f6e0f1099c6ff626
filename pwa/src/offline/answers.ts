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

/** Forgets everything read for this person, as signing out does. */
export async function forgetAnswers(person: string): Promise<void> {
	const db = await database();
	const transaction = db?.transaction("answers", "readwrite");
	if (!transaction) return;
	const keys = await transaction.store.index("person").getAllKeys(person);
	await Promise.all([...keys.map((key) => transaction.store.delete(key)), transaction.done]);
}
