// Who is signed in on this phone, remembered so that the app opens without a network. It holds an id, no name.
import { database } from "./database";

const KEY = "person";
let current: string | null = null;

/** The id of the person signed in, as last told; null before the start and when signed out. */
export const currentPerson = (): string | null => current;

/** Reads who was signed in when the app was last open; what the server said meanwhile holds over it. */
export async function recallPerson(): Promise<string | null> {
	const kept = (await (await database())?.get("device", KEY)) ?? null;
	current ??= kept;
	return current;
}

export async function rememberPerson(person: string): Promise<void> {
	current = person;
	await (await database())?.put("device", person, KEY);
}

export async function forgetPerson(): Promise<void> {
	current = null;
	await (await database())?.delete("device", KEY);
}
