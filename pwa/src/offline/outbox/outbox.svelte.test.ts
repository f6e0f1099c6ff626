import { beforeEach, describe, expect, test, vi } from "vitest";
import { closeDatabase } from "../database";
import {
	doneWith,
	emptyPhone,
	mark,
	note,
	openTab,
	problem,
	type Reached,
	type SetClock,
	type StandIn,
	scan,
	textsIn,
} from "./stand-in";

let server: StandIn;
let clock: SetClock;
const tab = (person?: string) => openTab(clock, person);

beforeEach(async () => {
	({ server, clock } = await emptyPhone());
});

describe("what is written", () => {
	test("shows at once and leaves the outbox when the server has it", async () => {
		const outbox = await tab();
		server.isReachable = false;
		expect(await outbox.put(note("Likes tea"))).toBe("kept");
		expect(textsIn(outbox)).toEqual(["Likes tea"]);

		server.isReachable = true;
		await outbox.flush();

		expect(outbox.contents.waiting).toEqual([]);
		expect(server.texts).toEqual(["Likes tea"]);
	});

	test("survives the closing of the app", async () => {
		server.isReachable = false;
		await (await tab()).put(note("Likes tea"));
		await closeDatabase();
		server.isReachable = true;

		const later = await tab();
		expect(textsIn(later)).toEqual(["Likes tea"]);
		await later.flush();

		expect(server.texts).toEqual(["Likes tea"]);
		expect((await tab()).contents.waiting).toEqual([]);
	});

	test("keeps its key and its words through a lost answer, and nothing after it overtakes it", async () => {
		const outbox = await tab();
		server.answering = () => Response.error();
		await outbox.put(note("one"));
		await outbox.put(note("two"));
		await outbox.flush();
		server.answering = doneWith;
		await outbox.flush();

		const [first, ...more] = server.reached;
		expect(more.filter(({ variables }) => variables.text === "one").at(-1)?.variables).toEqual(first?.variables);
		expect(server.texts.slice(-2)).toEqual(["one", "two"]);
	});

	test("is sent in order for each thing, and no thing waits for another", async () => {
		const outbox = await tab();
		server.isReachable = false;
		for (const text of ["a1", "a2", "a3"]) await outbox.put(note(text, "a"));
		for (const text of ["b1", "b2"]) await outbox.put(note(text, "b"));
		server.isReachable = true;
		server.answering = (reached: Reached) =>
			reached.variables.text === "a1" ? new Response("", { status: 500 }) : doneWith(reached);
		await outbox.flush();
		expect(server.texts.filter((text) => text.startsWith("b"))).toEqual(["b1", "b2"]);
		expect(textsIn(outbox)).toEqual(["a1", "a2", "a3"]);

		server.answering = doneWith;
		await outbox.flush();

		expect(server.texts.filter((text) => text.startsWith("a")).slice(-3)).toEqual(["a1", "a2", "a3"]);
	});

	test("takes the place of what was tapped on the same button before", async () => {
		const outbox = await tab();
		server.isReachable = false;
		await outbox.put(mark("p", "ASKED"));
		await outbox.put(mark("q", "ASKED"));
		await outbox.put(mark("p", "SKIPPED"));
		expect(outbox.contents.waiting).toHaveLength(2);
		server.isReachable = true;
		await outbox.flush();
		const marks = server.reached.map(({ variables }) => [variables.prompt, variables.state]);
		expect(marks).toContainEqual(["p", "SKIPPED"]);
		expect(marks).not.toContainEqual(["p", "ASKED"]);
	});
});

describe("without a network", () => {
	test("it is tried again by itself, later each time, and spoken of meanwhile", async () => {
		const outbox = await tab();
		server.isReachable = false;
		await outbox.put(note("Likes tea"));
		await outbox.flush();
		expect(outbox.isLate).toBe(true);
		const first = clock.next ?? 0;
		clock.advance(first);
		await vi.waitFor(() => expect(clock.next).toBeGreaterThan(first * 0.99));

		server.isReachable = true;
		clock.advance(clock.next ?? 0);
		await vi.waitFor(() => expect(outbox.contents.waiting).toEqual([]));
		expect(outbox.isLate).toBe(false);
		await outbox.put(note("Likes cake"));
		expect(outbox.isLate).toBe(false);
	});

	test("a server that asks for quiet is left alone for that long, also by what is new", async () => {
		const outbox = await tab();
		server.answering = () => new Response("", { status: 429, headers: { "retry-after": "90" } });
		await outbox.put(note("one"));
		await outbox.flush();
		const asked = server.reached.length;
		await outbox.put(note("two", "other"));
		await outbox.flush();
		expect(server.reached).toHaveLength(asked);
		server.answering = doneWith;
		clock.advance(90_000);
		await vi.waitFor(() => expect(outbox.contents.waiting).toEqual([]));
	});
});

describe("what the server does not take", () => {
	const refusing = ({ name, variables }: Reached) =>
		variables.text === "bad"
			? problem("InputNotValid", { field: "text" })
			: doneWith({ name, variables, person: null });

	test("is not sent again by itself, holds nothing up, and stays with its words and the reason", async () => {
		const outbox = await tab();
		server.answering = refusing;
		await outbox.put(note("bad"));
		await outbox.put(note("good"));
		await outbox.flush();
		await outbox.flush();
		expect(server.texts).toEqual(["bad", "good"]);
		const [refused] = (await tab()).contents.refused;
		expect(refused?.variables).toMatchObject({ text: "bad" });
		expect(refused?.refusal).toMatchObject({ name: "InputNotValid", message: "InputNotValid.", field: "text" });
	});

	test("is sent again in other words, with the same key", async () => {
		const outbox = await tab();
		server.answering = refusing;
		await outbox.put(note("bad", "s", "k"));
		await outbox.flush();
		const [refused] = outbox.contents.refused;
		if (refused) await outbox.resend(refused, "better");
		await outbox.flush();
		expect(server.reached.at(-1)?.variables).toEqual({ swap: "s", text: "better", key: "k" });
		expect([...outbox.contents.waiting, ...outbox.contents.refused]).toEqual([]);
	});

	test("is let go when the person says so", async () => {
		const outbox = await tab();
		server.answering = refusing;
		await outbox.put(note("bad"));
		await outbox.flush();
		const [refused] = outbox.contents.refused;
		if (refused) await outbox.letGo(refused);
		expect((await tab()).contents.refused).toEqual([]);
	});

	test("leaves nothing to tell where a tap came too late", async () => {
		const outbox = await tab();
		server.answering = () => problem("NotFound");
		await outbox.put(mark("p", "ASKED"));
		await outbox.put({ operation: "Withdraw", variables: { swap: "s" }, thing: "s" });
		await outbox.flush();
		expect([...outbox.contents.waiting, ...outbox.contents.refused]).toEqual([]);
	});

	test("takes with it what was written under a scan that was refused", async () => {
		const outbox = await tab();
		server.isReachable = false;
		await outbox.addScan(scan("k"));
		await outbox.put(note("Likes tea", "k"));
		server.isReachable = true;
		server.answering = () => problem("BadgeNotRecognised");
		await outbox.flush();
		expect(server.names).toEqual(["SwapBadges"]);
		expect(outbox.contents.refused.map(({ refusal }) => refusal?.name)).toEqual(Array(2).fill("BadgeNotRecognised"));
	});
});
