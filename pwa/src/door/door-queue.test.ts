import { expect, test, vi } from "vitest";
import type { RosterEntry } from "../offline/doors/roster";
import { beginAnew, open, sent, server, words } from "./at-a-door";

beginAnew();

test("on the next morning nobody is in yet, whatever yesterday's list says", async () => {
	const state = { state: "CHECKED_IN", firstInAt: "2026-04-22T08:00:00Z", door: "Main door" } as const;
	server.roster.splice(0, 1, { ...(server.roster[0] as RosterEntry), ...state });
	const { station, scans } = await open();
	server.network = "away";
	const { key, door } = { key: "last evening", door: "door" };
	const made = { key, door, code: "BBBB", registration: null, walkIn: null, direction: "IN" as const };
	const yesterday = { ...made, scannedAt: "2026-04-22T18:00:00Z", of: "Ben", name: "Ben", isOwn: true };
	await station.queue.put({ kind: "scan", ...yesterday, shown: "ADMITTED" });
	expect(station.find("ana")).toMatchObject([{ state: "REGISTERED" }]);
	for (const code of ["AAAA", "BBBB", "AAAA"]) await scans.scan(code, "IN");
	expect(words()).toEqual(["Welcome", "Welcome", expect.stringMatching(/^Already in/)]);
});

test("of a phone that was taken off its door one scan alone is sent too", async () => {
	const { station, scans } = await open();
	server.network = "away";
	await scans.scan("AAAA", "IN");
	server.network = "there";
	server.isRevoked = true;
	station.queue.hurry();
	await sent(station);
	expect(server.inside).toEqual(new Set(["Ana"]));
});

test("a slip is taken back although the scan is answered while that is put on the disk", async () => {
	const { station, scans } = await open();
	server.network = "away";
	await scans.scan("AAAA", "IN");
	const [scan] = station.queue.waiting;
	server.network = "there";
	station.queue.hurry();
	await sent(station);
	const of = scan?.value.key ?? "";
	await station.queue.put({ kind: "undo", key: "undo", of, checkIn: null, name: "Ana", madeAt: "" });
	station.queue.hurry();
	await sent(station);
	expect(server.undone).toEqual([`id of ${of}`]);
});

test("on a full phone what is to be looked at is shown, and the queue behind it goes on", async () => {
	const { station, scans } = await open();
	server.network = "away";
	for (const code of ["AAAA", "BBBB"]) {
		await scans.scan(code, "IN");
		scans.next();
	}
	server.inside.add("Ana");
	vi.spyOn(IDBObjectStore.prototype, "add").mockImplementation(() => {
		throw new DOMException("full", "QuotaExceededError");
	});
	server.network = "there";
	station.queue.hurry();
	await sent(station);
	vi.restoreAllMocks();
	expect(station.looks.list).toMatchObject([{ kind: "differs", name: "Ana" }]);
	expect(server.inside).toContain("Ben");
});
