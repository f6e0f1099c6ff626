import { beforeEach, describe, expect, test, vi } from "vitest";
import { closeDatabase } from "../database";
import {
	doneWith,
	emptyPhone,
	mark,
	note,
	openTab,
	problem,
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

	test("while an answer is on its way, nothing of it shows to whoever signs in next", async () => {
		const outbox = await tab();
		const heard = vi.fn();
		outbox.onSettled(heard);
		let answer: (answer: unknown) => void = () => undefined;
		server.answering = () => new Promise((resolve) => (answer = resolve));
		await outbox.addScan(scan("k"));
		await vi.waitFor(() => expect(server.names).toEqual(["SwapBadges"]));

		await outbox.open("ben");
		answer({ __typename: "Swap", id: "hers" });
		await outbox.flush();

		await vi.waitFor(async () => expect((await tab("ana")).contents.scans).toEqual([]));
		expect(heard).not.toHaveBeenCalled();
		expect(outbox.contents.nameOf("k")).toBe("k");
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

describe("nobody", () => {
	test("is signed in: it says so, and keeps nothing for whoever comes next", async () => {
		const outbox = await openTab(clock, null);
		expect(await outbox.put(note("whose?"))).toBe("signed-out");
		await outbox.open("ben");
		expect(textsIn(outbox)).toEqual([]);
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

	test("keeps no reason for a refusal without room for it, and does not ask again and again", async () => {
		const outbox = await tab();
		server.answering = () => problem("InputNotValid");
		const { put } = IDBObjectStore.prototype;
		vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (this: IDBObjectStore, ...value) {
			if (this.name === "outbox") throw new DOMException("full", "QuotaExceededError");
			return put.apply(this, value);
		});
		await outbox.put({ ...note("bad"), thing: "s" });
		await outbox.flush();
		await outbox.flush();
		vi.restoreAllMocks();
		expect(server.texts).toEqual(["bad"]);
		expect(outbox.contents.refused).toHaveLength(1);
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
