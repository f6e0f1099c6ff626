import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { closeDatabase, database } from "../database";
import { byLease } from "./turns";

const THING = "a thing";

beforeEach(async () => {
	await closeDatabase();
	vi.stubGlobal("indexedDB", new IDBFactory());
});

describe("turns by lease, where a browser has no locks", () => {
	test("are taken one after the other, also when the first one fails", async () => {
		const did: string[] = [];
		let isBusy = false;
		const work = (name: string) => async () => {
			expect(isBusy).toBe(false);
			isBusy = true;
			await new Promise((resolve) => setTimeout(resolve, 20));
			did.push(name);
			isBusy = false;
			if (name === "one") throw new Error("the first one fails");
		};
		const turns = [byLease(THING, work("one"), "one"), byLease(THING, work("two"), "two")];
		const ends = await Promise.allSettled(turns);
		expect(ends.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
		expect(did).toEqual(["one", "two"]);
		expect(await (await database())?.get("device", THING)).toBeUndefined();
	});

	test("for different things do not wait for each other", async () => {
		let open: () => void = () => undefined;
		const held = byLease(THING, () => new Promise((resolve) => (open = resolve)), "one");
		const did = vi.fn(async () => undefined);
		await byLease("another thing", did, "two");
		expect(did).toHaveBeenCalledTimes(1);
		open();
		await held;
	});

	test("of a tab that is gone run out", async () => {
		await (await database())?.put("device", `gone ${Date.now() - 1}`, THING);
		const did = vi.fn(async () => undefined);
		await byLease(THING, did, "here");
		expect(did).toHaveBeenCalledTimes(1);
	});
});
