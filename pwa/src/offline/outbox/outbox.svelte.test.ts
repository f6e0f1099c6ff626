import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { closeDatabase } from "../database";
import { Outbox } from "./outbox.svelte";
import { doneWith, problem, type Reached, SetClock, StandIn } from "./stand-in";
import { byLease } from "./turns";
import type { Write } from "./waiting";

let server: StandIn;
let clock: SetClock;

beforeEach(async () => {
	await closeDatabase();
	vi.stubGlobal("indexedDB", new IDBFactory());
	server = new StandIn();
	clock = new SetClock();
});

let tabs = 0;

/** One tab of the app. Node has no locks of the browser's kind: turns are taken by the database. */
async function tab(person: string | null = "ana"): Promise<Outbox> {
	tabs += 1;
	const name = `tab-${tabs}`;
	const outbox = new Outbox({ takeTurn: (thing, work) => byLease(thing, work, name), clock });
	await outbox.open(person);
	return outbox;
}

const note = (text: string, swap = "s", key = `key of ${text}`): Write => ({
	operation: "AddNote",
	variables: { swap, text, key },
	thing: swap,
	key,
});
const mark = (prompt: string, state: "ASKED" | "SKIPPED", swap = "s"): Write => ({
	operation: "MarkPrompt",
	variables: { prompt, state },
	thing: swap,
	slot: `mark ${prompt}`,
});
const scan = (key: string, event = "e") => ({ event, badge: `badge ${key}`, key, scannedAt: "2027-04-22T09:00:00Z" });
const textsIn = (outbox: Outbox) =>
	outbox.contents.waiting.map(({ variables }) => ("text" in variables ? variables.text : null));

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

describe("a scan", () => {
	test("goes with the phone's time at sending, each time anew", async () => {
		const outbox = await tab();
		server.isReachable = false;
		await outbox.addScan(scan("k"));
		await outbox.flush();
		clock.advance(60_000);
		server.isReachable = true;
		await outbox.flush();
		expect(server.reached[0]?.variables.scan).toEqual({
			badge: "badge k",
			key: "k",
			scannedAt: "2027-04-22T09:00:00Z",
			shownPrompts: [],
			sentAt: "2027-04-22T09:01:00.000Z",
		});
	});

	test("tells what prompts were shown until it is sent", async () => {
		const outbox = await tab();
		server.isReachable = false;
		await outbox.addScan({ ...scan("k"), shownPrompts: ["a"] });
		await outbox.showPrompts("k", ["a", "b"]);
		server.isReachable = true;
		await outbox.flush();
		expect(server.reached[0]?.variables.scan.shownPrompts).toEqual(["a", "b"]);
	});

	test("is told of with its swap, which from then on is one thing with its key", async () => {
		const outbox = await tab();
		const answered = vi.fn();
		outbox.onAnswered(answered);
		await outbox.addScan(scan("k"));
		await outbox.flush();
		expect(answered).toHaveBeenCalledWith("k", { swap: { __typename: "Swap", id: "swap of k" } });
		expect(outbox.contents.nameOf("k")).toBe("swap of k");
		expect((await tab()).contents.nameOf("k")).toBe("swap of k");
	});

	test("goes before what was written under its key, which follows under the same key", async () => {
		const outbox = await tab();
		server.isReachable = false;
		await outbox.addScan(scan("k"));
		await outbox.put(note("Likes tea", "k"));
		server.isReachable = true;
		await outbox.flush();
		expect(server.names).toEqual(["SwapBadges", "AddNote"]);
		expect(server.reached[1]?.variables.swap).toBe("k");
	});

	test("goes with others in one request, each with an answer of its own", async () => {
		const outbox = await tab();
		server.isReachable = false;
		for (const key of ["a", "b", "c"]) await outbox.addScan(scan(key));
		await outbox.addScan(scan("d", "another event"));
		server.isReachable = true;
		server.answering = (reached: Reached) =>
			reached.name !== "ReplayScans"
				? doneWith(reached)
				: [
						{ key: "a", result: { __typename: "Swap", id: "A" } },
						{ key: "b", result: problem("BadgeNotRecognised") },
						{ key: "c", result: problem("EventClosed", { mayCountLater: true }) },
					];
		await outbox.flush();
		expect(server.names.toSorted()).toEqual(["ReplayScans", "SwapBadges"]);
		expect(outbox.contents.nameOf("a")).toBe("A");
		expect(outbox.contents.refused.map(({ key }) => key)).toEqual(["b"]);
		expect(outbox.contents.waiting.map(({ key }) => key)).toEqual(["c"]);
	});

	test("by somebody who was not at the door yet waits and is sent again; outside the hours it is refused", async () => {
		const outbox = await tab();
		server.answering = () => problem("EventClosed", { mayCountLater: true });
		await outbox.addScan(scan("k"));
		await outbox.flush();
		expect(outbox.lastTry("k")).toMatchObject({ kind: "not-yet", problem: { message: "EventClosed." } });
		server.answering = () => problem("EventClosed", { mayCountLater: false });
		await outbox.flush();
		expect(outbox.contents.refused.map(({ key }) => key)).toEqual(["k"]);
	});
});

describe("signed out", () => {
	test("by the server, everything is parked until the same person signs in again", async () => {
		const outbox = await tab();
		server.answering = () => new Response("", { status: 401 });
		await outbox.put(note("hers"));
		await outbox.flush();
		const asked = server.reached.length;
		await outbox.open(null);
		server.answering = doneWith;
		clock.advance(3_600_000);
		expect(outbox.contents.waiting).toEqual([]);

		await outbox.open("ben");
		await outbox.flush();
		expect(outbox.contents.waiting).toEqual([]);
		expect(server.reached).toHaveLength(asked);

		await outbox.open("ana");
		await outbox.flush();
		expect(server.reached.at(-1)).toMatchObject({ person: "ana", variables: { text: "hers" } });
	});

	test("every request says whose it is, for a phone on which somebody else signed in meanwhile", async () => {
		const outbox = await tab("ana");
		await outbox.put(note("hers"));
		await outbox.flush();
		expect(server.reached.map(({ person }) => person)).toEqual(["ana"]);
	});

	test("by the person, nothing stays of hers and everything of his", async () => {
		server.isReachable = false;
		await (await tab("ben")).put(note("his"));
		const outbox = await tab("ana");
		await outbox.put(note("hers"));
		await outbox.forget("ana");
		expect(textsIn(await tab("ana"))).toEqual([]);
		expect(textsIn(await tab("ben"))).toEqual(["his"]);
	});
});

describe("a phone that cannot keep it", () => {
	test("says so when its storage is full, and overwrites nothing", async () => {
		const outbox = await tab();
		server.isReachable = false;
		await outbox.put(mark("p", "ASKED"));
		vi.spyOn(IDBObjectStore.prototype, "add").mockImplementation(() => {
			throw new DOMException("full", "QuotaExceededError");
		});
		expect(await outbox.put(mark("p", "SKIPPED"))).toBe("no-room");
		vi.restoreAllMocks();
		const kept = (await tab()).contents.waiting;
		expect(kept.map(({ variables }) => variables)).toEqual([{ prompt: "p", state: "ASKED" }]);
	});

	test("works with a network all the same where there is no database, and says that nothing is kept", async () => {
		await closeDatabase();
		vi.stubGlobal("indexedDB", {
			open: () => {
				throw new DOMException("no", "SecurityError");
			},
		});
		const outbox = await tab();
		expect(outbox.isDurable).toBe(false);
		server.isReachable = false;
		expect(await outbox.put(note("Likes tea"))).toBe("kept");
		await outbox.flush();
		server.isReachable = true;
		await outbox.flush();
		expect(server.texts).toEqual(["Likes tea"]);
	});
});

describe("two tabs", () => {
	test("show the same, and each thing is sent once and in order", async () => {
		const one = await tab();
		const other = await tab();
		server.isReachable = false;
		for (const text of ["1", "2"]) await one.put(note(text));
		await other.put(note("3"));
		await vi.waitFor(() => expect(textsIn(one)).toEqual(["1", "2", "3"]));
		await vi.waitFor(() => expect(textsIn(other)).toEqual(["1", "2", "3"]));

		server.isReachable = true;
		await Promise.all([one.flush(), other.flush()]);

		expect(server.texts).toEqual(["1", "2", "3"]);
		await vi.waitFor(() => expect([...textsIn(one), ...textsIn(other)]).toEqual([]));
	});

	test("hear both of an answer, also the one that did not ask", async () => {
		const one = await tab();
		const other = await tab();
		const heard = vi.fn();
		other.onAnswered(heard);
		await one.addScan(scan("k"));
		await one.flush();
		await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(1));
		await vi.waitFor(() => expect(other.contents.nameOf("k")).toBe("swap of k"));
	});
});
