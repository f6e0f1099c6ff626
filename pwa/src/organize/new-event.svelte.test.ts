import { IDBFactory } from "fake-indexeddb";
import { beforeEach, expect, test, vi } from "vitest";
import { CopyEvent, CreateEvent } from "../graphql/documents.generated";
import { closeDatabase } from "../offline/database";
import { rememberPerson } from "../offline/person";
import { NewEvent } from "./new-event.svelte";

let keys: string[] = [];

/** A network on which every answer is lost. */
function lost(_: unknown, init: RequestInit): Promise<Response> {
	const { documentId, variables } = JSON.parse(init.body as string);
	if ([CreateEvent.id, CopyEvent.id].includes(documentId)) keys.push(variables.key);
	return Promise.reject(new TypeError("no network"));
}

async function opened(): Promise<NewEvent> {
	const making = new NewEvent();
	await making.recall();
	return making;
}

beforeEach(async () => {
	await closeDatabase();
	vi.stubGlobal("indexedDB", new IDBFactory());
	vi.stubGlobal("fetch", lost);
	keys = [];
	await rememberPerson("ana");
});

test("after a lost answer the same is asked again with the same key, also when the app was closed between", async () => {
	const making = await opened();
	Object.assign(making.form, { title: "Fair", starts: "2027-04-22T09:00" });
	expect(await making.make(null)).toBeNull();
	const again = await opened();
	expect(again.form.title).toBe("Fair");
	await again.make(null);
	again.form.title = "Spring Fair";
	await again.make(null);
	expect(keys).toHaveLength(3);
	expect(keys[1]).toBe(keys[0]);
	expect(keys[2]).not.toBe(keys[0]);
});

test("which edition is copied is still known when the app was closed", async () => {
	const making = await opened();
	making.copied = "E";
	await making.keepBegun({ ...making.empty }, making.copied);
	expect((await opened()).copied).toBe("E");
});
