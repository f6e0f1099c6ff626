import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { Conversation, Evening, Swaps } from "../graphql/documents.generated";
import type { Data } from "../graphql/trusted";
import { keepAnswer, keptAnswer } from "../offline/answers";
import { closeDatabase, database } from "../offline/database";
import { rememberPerson } from "../offline/person";
import type { OpenedBadge } from "../offline/vault/opened";
import { areGone, isBack, lookForGone, onGone } from "./gone";

const conversation = (id: string) =>
	({ swap: { id, card: { name: `The one of ${id}` } } }) as unknown as Data<typeof Conversation>;
const evening = {
	evening: {
		on: "2027-04-22",
		followUps: ["gone", "stays"].map((id) => ({ id: `for ${id}`, draft: `Dear one of ${id}`, swap: { id } })),
	},
} as unknown as Data<typeof Evening>;
const list = {
	swaps: { edges: ["gone", "stays"].map((id) => ({ node: { id, card: { name: `The one of ${id}` } } })) },
} as unknown as Data<typeof Swaps>;

/** The swaps of which the server says that they ended. */
let gone: string[];

beforeEach(async () => {
	await closeDatabase();
	vi.stubGlobal("indexedDB", new IDBFactory());
	gone = [];
	vi.stubGlobal("fetch", async () => Response.json({ data: { goneSwaps: gone.map((id) => ({ id })) } }));
	await rememberPerson("ana");
	isBack("gone");
	await keepAnswer("ana", Conversation, { swap: "gone" }, conversation("gone"));
	await keepAnswer("ana", Conversation, { swap: "stays" }, conversation("stays"));
	await keepAnswer("ana", Evening, { event: "e" }, evening);
	await keepAnswer("ana", Swaps, { event: "e", first: 50 }, list);
});

async function everythingKept(): Promise<string> {
	return JSON.stringify([
		await keptAnswer("ana", Conversation, { swap: "gone" }),
		await keptAnswer("ana", Conversation, { swap: "stays" }),
		await keptAnswer("ana", Evening, { event: "e" }),
		await keptAnswer("ana", Swaps, { event: "e", first: 50 }),
	]);
}

describe("a swap that is gone", () => {
	test("is taken out of everything the phone kept, and nothing else is", async () => {
		await areGone(["gone"]);
		const kept = await everythingKept();
		expect(kept).not.toContain("one of gone");
		expect(kept.match(/one of stays/g)).toHaveLength(3);
		expect(await keptAnswer("ana", Conversation, { swap: "gone" })).toEqual({ swap: null });
	});

	test("takes the badge along that the vault opened for it", async () => {
		const opened = (key: string) => ({ person: "ana", event: "e", key, card: { name: `The one of ${key}` } });
		const db = await database();
		for (const key of ["gone", "stays"]) {
			await db?.put("opened", opened(`scan of ${key}`) as unknown as OpenedBadge);
			await db?.put("scansMade", { person: "ana", key: `scan of ${key}`, swap: key });
		}
		await areGone(["gone"]);
		expect((await db?.getAll("opened"))?.map(({ key }) => key)).toEqual(["scan of stays"]);
	});

	test("stays with another person on the same phone, who has one of their own", async () => {
		await keepAnswer("ben", Conversation, { swap: "gone" }, conversation("gone"));
		await areGone(["gone"]);
		expect(await keptAnswer("ben", Conversation, { swap: "gone" })).toEqual(conversation("gone"));
	});

	test("is let go of by whoever shows it", async () => {
		const heard: boolean[] = [];
		const stop = onGone((isGone) => heard.push(isGone("gone"), isGone("stays")));
		await areGone(["gone"]);
		stop();
		await areGone(["stays"]);
		expect(heard).toEqual([true, false]);
	});
});

describe("what ended while nobody was listening", () => {
	test("is asked for, and forgotten", async () => {
		gone = ["gone"];
		await lookForGone(["e"]);
		expect(await everythingKept()).not.toContain("one of gone");
	});

	test("is told once, and again after it came back", async () => {
		gone = ["gone"];
		const heard = vi.fn();
		const stop = onGone(heard);
		await lookForGone(["e"]);
		await lookForGone(["e"]);
		expect(heard).toHaveBeenCalledTimes(1);
		isBack("gone");
		await lookForGone(["e"]);
		stop();
		expect(heard).toHaveBeenCalledTimes(2);
	});

	test("is unknown without a network, and everything stays", async () => {
		vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no network")));
		const before = await everythingKept();
		await lookForGone(["e"]);
		expect(await everythingKept()).toBe(before);
	});
});
