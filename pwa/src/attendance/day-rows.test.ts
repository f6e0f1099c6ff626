import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { DayRows } from "./day-rows.svelte";

interface Asked {
	readonly first: number;
	readonly after: string | null;
	readonly search: string | null;
	readonly show: string | null;
}

/** How many people the server knows, and what it was asked. */
let people: number;
let asked: Asked[];
let isAway: boolean;
/** Milliseconds until an answer comes. */
let delay: number;
/** Whoever is first on a page was last on the one before. */
let isRenaming: boolean;

function pageOf({ first, after }: Asked): Response {
	const begin = after === null ? 0 : Number(after) - Number(isRenaming);
	const end = Math.min(people, begin + first);
	const nodes = Array.from({ length: end - begin }, (_, index) => ({ node: { id: `row ${begin + index}` } }));
	const rows = { totalCount: people, pageInfo: { hasNextPage: end < people, endCursor: String(end) }, edges: nodes };
	const body = JSON.stringify({ data: { attendance: { day: "2026-04-22", rows } } });
	return new Response(body, { headers: { "content-type": "application/json" } });
}

beforeEach(() => {
	people = 120;
	asked = [];
	isAway = false;
	delay = 0;
	isRenaming = false;
	vi.stubGlobal("fetch", async (_: string, { body }: { body: string }) => {
		const variables: Asked = JSON.parse(body).variables;
		asked.push(variables);
		if (isAway) throw new TypeError("no network");
		if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
		return pageOf(variables);
	});
});
afterEach(() => {
	vi.useRealTimers();
});

describe("the people of a day", () => {
	test("come a page at a time", async () => {
		const list = new DayRows("event", null);
		await list.choose(null, "");
		expect([list.rows?.length, list.total, list.hasMore]).toEqual([50, 120, true]);
		await list.more();
		await list.more();
		expect([list.rows?.length, list.hasMore]).toEqual([120, false]);
		expect(Math.max(...asked.map(({ first }) => first))).toBeLessThanOrEqual(100);
	});

	test("are asked for by filter and name, from the top again", async () => {
		const list = new DayRows("event", "2026-04-22");
		await list.choose(null, "");
		await list.more();
		await list.choose("HERE", " zo ");
		expect(asked.at(-1)).toMatchObject({ show: "HERE", search: "zo", after: null, first: 50 });
	});

	test("stay where they are while the server is away, and the reason is told", async () => {
		const list = new DayRows("event", null);
		await list.choose(null, "");
		isAway = true;
		await list.choose("CAME", "");
		expect(list.rows?.length).toBe(50);
		expect(list.trouble?.kind).toBe("offline");
		list.close();
	});

	test("are read once more when something moved, as many as were shown, and not for every move", async () => {
		const list = new DayRows("event", null);
		await list.choose(null, "");
		await list.more();
		asked = [];
		people = 121;
		vi.useFakeTimers();
		for (let moves = 0; moves < 10; moves += 1) list.moved();
		await vi.advanceTimersByTimeAsync(1000);
		expect(asked).toHaveLength(1);
		expect([list.rows?.length, list.total]).toEqual([100, 121]);
	});

	test("are read to the end, however slowly, while something moves all the time", async () => {
		const list = new DayRows("event", null);
		await list.choose(null, "");
		vi.useFakeTimers();
		people = 121;
		delay = 1_500;
		for (let half = 0; half < 8; half += 1) {
			list.moved();
			await vi.advanceTimersByTimeAsync(500);
		}
		expect(list.total).toBe(121);
		list.close();
	});

	test("whoever asks for more gets more, also while something moves", async () => {
		const list = new DayRows("event", null);
		await list.choose(null, "");
		vi.useFakeTimers();
		list.moved();
		await vi.advanceTimersByTimeAsync(900);
		delay = 500;
		let shown = 0;
		void list.more().then(() => {
			shown = list.rows?.length ?? 0;
		});
		await vi.advanceTimersByTimeAsync(700);
		expect([shown, list.isAdding]).toEqual([100, false]);
		list.close();
	});

	test("stand there once who got another name between two pages", async () => {
		const list = new DayRows("event", null);
		await list.choose(null, "");
		await list.more();
		isRenaming = true;
		await list.more();
		expect(new Set(list.rows?.map(({ id }) => id)).size).toBe(list.rows?.length);
	});

	test("are no longer asked for once the screen is left", async () => {
		const list = new DayRows("event", null);
		await list.choose(null, "");
		asked = [];
		vi.useFakeTimers();
		list.moved();
		list.close();
		await vi.advanceTimersByTimeAsync(1000);
		expect(asked).toEqual([]);
	});
});
