import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { closeDatabase } from "../offline/database";
import { forgetDrafts } from "../offline/drafts";
import { forgetPerson, rememberPerson } from "../offline/person";
import { type Begun, Drafts } from "./drafts.svelte";
import type { ConversationSwap } from "./open-conversation.svelte";

const swap = { notes: [], promises: [], agenda: { prompts: [] } } as unknown as ConversationSwap;
const talk = (id = "s", known: Partial<ConversationSwap> = {}) => new Drafts({ id, swap: { ...swap, ...known } });
const begun = (text: string, more: Partial<Begun> = {}): Begun => ({
	key: "k",
	kind: "need",
	prompt: null,
	text,
	promise: null,
	isOpen: true,
	...more,
});
const texts = (drafts: Drafts) => drafts.unfinished.map(({ text }) => text);

/** Another screen, after the app was closed on this one: it shows what the phone kept. */
async function laterThan(closed: Drafts, id?: string, known?: Partial<ConversationSwap>): Promise<Drafts> {
	await closed.written;
	const drafts = talk(id, known);
	await drafts.read();
	return drafts;
}

beforeEach(async () => {
	await closeDatabase();
	vi.stubGlobal("indexedDB", new IDBFactory());
	await rememberPerson("ana");
});

describe("what was begun", () => {
	test("outlives the closing of the app, in its latest words, with its page open", async () => {
		const drafts = talk();
		drafts.write(begun("a dry"));
		drafts.write(begun("a dry shed"));
		const found = (await laterThan(drafts)).about("need", null);
		expect(found).toMatchObject({ text: "a dry shed", isOpen: true, key: "k" });
	});

	test("is put aside when its page is closed", async () => {
		const drafts = talk();
		drafts.write(begun("a dry shed"));
		drafts.putAside("k");
		expect((await laterThan(drafts)).unfinished).toMatchObject([{ text: "a dry shed", isOpen: false }]);
	});

	test("belongs to its conversation, to its prompt and to its writer", async () => {
		const drafts = talk();
		drafts.write(begun("Chains are the easy part.", { kind: "insight", prompt: "p" }));
		const again = await laterThan(drafts);
		expect(again.about("insight", "p")?.text).toBe("Chains are the easy part.");
		expect(again.about("insight", "q")).toBeNull();
		expect(texts(await laterThan(drafts, "another"))).toEqual([]);
		await rememberPerson("ben");
		expect(texts(await laterThan(drafts))).toEqual([]);
	});

	test("is gone once it was kept or let go", async () => {
		const drafts = talk();
		drafts.write(begun("a dry shed"));
		drafts.remove("k");
		expect(texts(drafts)).toEqual([]);
		expect(texts(await laterThan(drafts))).toEqual([]);
	});

	test("is no draft any more where the app was closed just after keeping it", async () => {
		const drafts = talk();
		drafts.write(begun("a dry shed"));
		const note = { id: "n", key: "k", kind: "NEED" as const, text: "a dry shed", writtenAt: "2027-04-22T09:00:00Z" };
		expect(texts(await laterThan(drafts, "s", { notes: [note] }))).toEqual([]);
	});

	test("goes with everything else when its writer signs out", async () => {
		const drafts = talk();
		drafts.write(begun("a dry shed"));
		await drafts.written;
		await forgetDrafts("ana");
		expect(texts(await laterThan(drafts))).toEqual([]);
	});

	test("is spoken of where the phone has no room for it, and stays on the page", async () => {
		vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
			throw new DOMException("full", "QuotaExceededError");
		});
		const drafts = talk();
		drafts.write(begun("a dry shed"));
		await vi.waitFor(() => expect(drafts.hasNoRoom).toBe(true));
		expect(texts(drafts)).toEqual(["a dry shed"]);
	});

	test("is nobody's while nobody is signed in", async () => {
		await forgetPerson();
		const drafts = talk();
		drafts.write(begun("a dry shed"));
		expect(texts(drafts)).toEqual([]);
	});
});
