import { describe, expect, test, vi } from "vitest";
import { closeDatabase } from "../offline/database";
import type { RosterEntry } from "../offline/doors/roster";
import { beginAnew, open, sent, server, told, words } from "./at-a-door";
import type { Told } from "./verdict";

beginAnew();

describe("with a network", () => {
	test("where the list has no names, a slow answer brings the one to greet by", async () => {
		server.roster.splice(0, 1, { ...(server.roster[0] as RosterEntry), name: "" });
		const { scans } = await open();
		server.delay = 1400;
		await scans.scan("AAAA", "IN");
		await vi.waitFor(() => expect(told).toMatchObject([{ name: "" }, { word: "Welcome", name: "Ana" }]), {
			timeout: 3000,
		});
	});

	test("a scan is judged by the server and makes room by itself", async () => {
		const { station, scans } = await open();
		await scans.scan("AAAA", "IN");
		expect(told).toMatchObject([{ word: "Welcome", name: "Ana", isOwn: false }]);
		expect(station.queue.waiting).toEqual([]);
		await vi.waitFor(() => expect(scans.stage.kind).toBe("ready"), { timeout: 4000 });
	});

	test("a slow answer is not waited for, and when it comes it is the same scan", { timeout: 8000 }, async () => {
		const { station, scans } = await open();
		server.delay = 1400;
		await scans.scan("AAAA", "IN");
		expect(told).toMatchObject([{ word: "Welcome", isOwn: true }]);
		expect(station.queue.waiting).toHaveLength(1);
		await vi.waitFor(() => expect(station.queue.waiting).toEqual([]), { timeout: 5000 });
		expect(new Set(server.scans).size).toBe(1);
		expect(station.looks.list).toEqual([]);
	});

	test("whoever was removed from the team lets nobody in, and is asked about at once", async () => {
		const { station, scans } = await open();
		const refused = vi.fn();
		Object.assign(station.of, { onrefused: refused });
		server.isRemoved = true;
		await scans.scan("AAAA", "IN");
		expect(scans.stage).toMatchObject({ kind: "refused", message: expect.stringContaining("not open to you") });
		expect(words()).toEqual([]);
		expect(refused).toHaveBeenCalled();
	});

	test("a ticket sold a minute ago is admitted by the server, which no list knows", async () => {
		await server.holds("NEW", "Nia", { isNew: true });
		const { scans } = await open();
		await scans.scan("NEW", "IN");
		expect(words()).toEqual(["Welcome"]);
	});

	test("the next ticket is taken after a welcome that could be read", async () => {
		const { scans } = await open();
		expect(scans.takes(performance.now())).toBe(true);
		await scans.scan("AAAA", "IN");
		expect(scans.takes(performance.now())).toBe(false);
		expect(scans.takes(performance.now() + 900)).toBe(true);
		await scans.scan("CCCC", "IN");
		expect(scans.takes(performance.now() + 900)).toBe(false);
	});

	test("somebody without a ticket is registered, let in, and shown one until they have it", async () => {
		const { scans } = await open();
		expect(await scans.register("Ifeoma", null)).toEqual({ kind: "let-in" });
		expect(scans.stage).toMatchObject({ kind: "told", ticket: "7KQ2M9XWRT" });
		expect(scans.takes(performance.now() + 60_000)).toBe(false);
	});

	test("whoever cannot be registered is not let in, and nothing of them stays", async () => {
		const { station, scans } = await open();
		const registered = await scans.register("Full", null);
		expect(registered).toMatchObject({ kind: "refused", problem: { message: "Every place is taken." } });
		expect(station.queue.waiting).toEqual([]);
		expect(station.looks.list).toEqual([]);
		expect(told).toEqual([]);
	});

	test("a slip is taken back at once", async () => {
		const { scans } = await open();
		await scans.scan("AAAA", "IN");
		await scans.undo(told[0] as Told);
		expect(words()).toEqual(["Welcome", "Taken back"]);
		expect(server.undone).toHaveLength(1);
		expect(scans.last).toBeNull();
	});

	test("a slip that is taken back late leaves the next verdict and its undo alone", async () => {
		const { scans } = await open();
		await scans.scan("AAAA", "IN");
		scans.next();
		server.delay = 100;
		const undoing = scans.undo(told[0] as Told);
		await scans.scan("BBBB", "IN");
		const next = scans.stage;
		await undoing;
		expect(words()).toEqual(["Welcome", "Welcome"]);
		expect(scans.stage).toBe(next);
		expect(scans.last).toMatchObject({ name: "Ben" });
	});
});

describe("without a network", () => {
	test("scans are judged by this phone's list, each kept, and nothing waits for anything", async () => {
		const { station, scans } = await open();
		server.network = "away";
		for (const code of ["AAAA", "AAAA", "BBBB", "CCCC"]) await scans.scan(code, "IN");
		expect(words()).toEqual([
			"Welcome",
			expect.stringMatching(/^Already in, .* at Main door$/),
			"Welcome",
			"Not on this phone’s list",
		]);
		expect(told.every(({ isOwn }) => isOwn)).toBe(true);
		expect(station.queue.waiting).toHaveLength(4);
	});

	test("they survive the closing of the app, and are sent in order with the same keys", async () => {
		const first = await open();
		server.network = "away";
		for (const code of ["AAAA", "BBBB", "AAAA"]) await first.scans.scan(code, "IN");
		const keys = first.station.queue.waiting.map(({ value }) => value.key);
		first.station.stop();
		await closeDatabase();

		const { station, scans } = await open();
		expect(station.queue.waiting.map(({ value }) => value.key)).toEqual(keys);
		await scans.scan("BBBB", "IN");
		expect(words().at(-1)).toMatch(/^Already in/);
		server.network = "there";
		station.queue.hurry();
		await sent(station);
		expect([...new Set(server.scans)].slice(0, 3)).toEqual(keys);
		expect(server.inside).toEqual(new Set(["Ana", "Ben"]));
		expect(station.looks.list).toEqual([]);
	});

	test("an answer that was lost admits nobody twice", async () => {
		const { station, scans } = await open();
		server.network = "lost";
		await scans.scan("AAAA", "IN");
		expect(words()).toEqual(["Welcome"]);
		server.network = "there";
		station.queue.hurry();
		await sent(station);
		expect(new Set(server.scans).size).toBe(1);
		expect(station.looks.list).toEqual([]);
	});

	test("what the server judges otherwise comes up to be looked at, until it is put away", async () => {
		const { station, scans } = await open();
		server.network = "away";
		await scans.scan("AAAA", "IN");
		scans.next();
		server.inside.add("Ana");
		server.network = "there";
		station.queue.hurry();
		await sent(station);
		expect(station.looks.list).toMatchObject([{ kind: "differs", name: "Ana", told: "ADMITTED", came: "ALREADY_IN" }]);
		await station.looks.putAway(station.looks.list[0]?.key ?? "");
		expect(station.toLookAt).toBe(0);
	});

	test("what the server says while the verdict is still read takes its place", async () => {
		const { station, scans } = await open();
		server.network = "away";
		await scans.scan("AAAA", "IN");
		server.inside.add("Ana");
		server.network = "there";
		station.queue.hurry();
		await sent(station);
		expect(words()).toEqual(["Welcome", "Already in"]);
		expect(station.looks.list).toEqual([]);
	});

	test("a slip is taken back before it was sent, and both reach the log", async () => {
		const { station, scans } = await open();
		server.network = "away";
		await scans.scan("AAAA", "IN");
		await scans.undo(told[0] as Told);
		expect(words()).toEqual(["Welcome", "Taken back"]);
		await scans.scan("AAAA", "IN");
		expect(words().at(-1)).toBe("Welcome");
		server.network = "there";
		station.queue.hurry();
		await sent(station);
		expect(server.undone).toHaveLength(1);
		expect(new Set(server.scans).size).toBe(2);
	});

	test("somebody without a ticket is let in, and has a place as soon as there is a network", async () => {
		const { station, scans } = await open();
		server.network = "away";
		await scans.register("Ifeoma", null);
		expect(told).toMatchObject([{ word: "Welcome", name: "Ifeoma", isOwn: true }]);
		server.network = "there";
		station.queue.hurry();
		await sent(station);
		expect([...server.walkIns.values()]).toEqual(["Ifeoma"]);
		expect(server.inside).toEqual(new Set(["Ifeoma"]));
	});

	test("whoever was let in without a network has a place though every one is taken", async () => {
		const { station, scans } = await open();
		server.network = "away";
		await scans.register("Full", null);
		server.network = "there";
		station.queue.hurry();
		await sent(station);
		expect(server.inside).toEqual(new Set(["Full"]));
		expect(station.looks.list).toEqual([]);
	});

	test("and so has whoever was let in because no answer came", async () => {
		const { station, scans } = await open();
		server.network = "lost";
		await scans.register("Full", null);
		server.network = "there";
		station.queue.hurry();
		await sent(station);
		expect(server.inside).toEqual(new Set(["Full"]));
	});

	test("and without a list it says that it could not look", async () => {
		server.network = "away";
		const { station, scans } = await open();
		await scans.scan("AAAA", "IN");
		expect(words()).toEqual(["Kept, not checked yet"]);
		expect(station.queue.waiting).toHaveLength(1);
	});

	test("somebody is found by name on the list, as they are now", async () => {
		const { station, scans } = await open();
		server.network = "away";
		await scans.scan("AAAA", "IN");
		expect(station.find("zoe")).toEqual([]);
		expect(station.find("ana")).toMatchObject([{ name: "Ana", state: "CHECKED_IN" }]);
		expect(station.find("ben")).toMatchObject([{ name: "Ben", state: "REGISTERED" }]);
	});
});

test("on the phone's disk no name and no code can be read", async () => {
	const { station, scans } = await open();
	server.network = "away";
	await scans.scan("AAAA", "IN");
	await scans.register("Ifeoma", "ifeoma@example.org");
	station.stop();
	const db = await new Promise<IDBDatabase>((resolve) => {
		const opening = indexedDB.open("handsel");
		opening.onsuccess = () => resolve(opening.result);
	});
	const kept = await Promise.all(
		["doorLines", "doorRosterParts", "doorRosters", "doorPlaces"].map(
			(store) =>
				new Promise<unknown[]>((resolve) => {
					const all = db.transaction(store).objectStore(store).getAll();
					all.onsuccess = () => resolve(all.result);
				}),
		),
	);
	expect(kept[0]?.length).toBe(3);
	expect(kept[1]?.length).toBeGreaterThan(0);
	const written = JSON.stringify(kept, (_, value) =>
		value instanceof Uint8Array ? new TextDecoder("latin1").decode(value) : value,
	);
	for (const secret of ["Ana", "Ifeoma", "ifeoma@example.org", "AAAA"]) expect(written).not.toContain(secret);
	db.close();
});
