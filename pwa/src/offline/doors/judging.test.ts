// @vitest-environment node
import { describe, expect, test } from "vitest";
import { Evidence } from "./evidence";
import { judge, knownOf, type Passing } from "./judging";
import { Roster, type RosterEntry } from "./roster";
import { nextToSend, type ScanThing, standing, type Thing } from "./things";

const ana: RosterEntry = {
	registration: "ana",
	name: "Ana Duarte",
	ticketType: "Day ticket",
	state: "REGISTERED",
	firstInAt: null,
	door: null,
	badgePrintedAt: null,
	codes: ["hash of ana"],
};
const here = (direction: "IN" | "OUT", at = "2026-04-22T08:00:00Z"): Passing => ({ direction, at, door: "Main door" });
const verdict = (entry: RosterEntry, passings: Passing[], direction: "IN" | "OUT" = "IN") =>
	judge(entry, knownOf(entry, passings), direction);

describe("a phone by itself", () => {
	test("admits whoever is on the list and not in", () => {
		expect(verdict(ana, [])).toBe("ADMITTED");
	});

	test("knows whom it let in itself, when and where", () => {
		expect(verdict(ana, [here("IN")])).toBe("ALREADY_IN");
		expect(knownOf(ana, [here("IN", "2026-04-22T08:01:00Z"), here("IN", "2026-04-22T09:00:00Z")])).toEqual({
			isIn: true,
			firstInAt: "2026-04-22T08:01:00Z",
			door: "Main door",
		});
	});

	test("says of whom the server knew to be in where they were let in first", () => {
		const inside: RosterEntry = { ...ana, state: "CHECKED_IN", firstInAt: "2026-04-22T07:00:00Z", door: "Garden gate" };
		expect(verdict(inside, [])).toBe("ALREADY_IN");
		expect(knownOf(inside, [here("OUT"), here("IN")])).toMatchObject({ isIn: true, door: "Garden gate" });
	});

	test("lets somebody out and in again", () => {
		expect(verdict(ana, [here("IN")], "OUT")).toBe("CHECKED_OUT");
		expect(verdict(ana, [here("IN"), here("OUT")])).toBe("ADMITTED");
	});

	test("lets nobody in with a cancelled ticket, and out only who was in", () => {
		const cancelled: RosterEntry = { ...ana, state: "CANCELLED" };
		expect(verdict(cancelled, [])).toBe("CANCELLED");
		expect(verdict(cancelled, [], "OUT")).toBe("CANCELLED");
		expect(verdict({ ...cancelled, firstInAt: "2026-04-22T07:00:00Z" }, [], "OUT")).toBe("CHECKED_OUT");
	});
});

describe("a roster", () => {
	test("finds by the first hash that it knows", () => {
		const roster = new Roster([ana]);
		expect(roster.holderOf(["another", "hash of ana"])).toEqual(ana);
		expect(roster.holderOf(["another"])).toBeNull();
	});

	test("forgets the codes that somebody no longer has, and whoever is gone", () => {
		const roster = new Roster([ana]);
		roster.change([{ ...ana, codes: ["a new one"] }]);
		expect(roster.holderOf(["hash of ana"])).toBeNull();
		expect(roster.holderOf(["a new one"])?.name).toBe("Ana Duarte");
		roster.change([], ["ana"]);
		expect(roster.size).toBe(0);
		expect(roster.holderOf(["a new one"])).toBeNull();
	});
});

describe("the network", () => {
	test("is waited for until it fails once, or is slow twice", () => {
		const failing = new Evidence();
		failing.failed();
		expect(failing.isGood).toBe(false);
		const slow = new Evidence();
		slow.answered(1500);
		expect(slow.isGood).toBe(true);
		slow.late();
		expect(slow.isGood).toBe(false);
	});

	test("is waited for again after two quick answers in a row", () => {
		const evidence = new Evidence();
		evidence.failed();
		evidence.answered(200);
		evidence.failed();
		evidence.answered(200);
		expect(evidence.isGood).toBe(false);
		evidence.answered(200);
		expect(evidence.isGood).toBe(true);
	});
});

const scan = (key: string, more: Partial<ScanThing> = {}): Thing => ({
	kind: "scan",
	key,
	door: "door",
	code: key,
	registration: null,
	walkIn: null,
	direction: "IN",
	scannedAt: "2026-04-22T08:00:00Z",
	of: null,
	name: null,
	shown: null,
	isOwn: true,
	...more,
});
const undo = (of: string): Thing => ({ kind: "undo", key: `undo ${of}`, of, checkIn: null, name: null, madeAt: "" });
const walkIn = (key: string): Thing => ({ kind: "walk-in", key, name: key, email: null, isLetIn: true, madeAt: "" });
const next = (things: Thing[], busy: string[] = []) =>
	nextToSend(
		things.map((value) => ({ value })),
		new Set(busy),
	).map(({ value }) => value.key);

describe("what waits at a door", () => {
	test("goes in its order, scans together", () => {
		expect(next([scan("a"), scan("b"), undo("a"), scan("c")])).toEqual(["a", "b"]);
		expect(next([undo("a"), scan("c")])).toEqual(["undo a"]);
	});

	test("is registered before it is let in", () => {
		expect(next([scan("a"), walkIn("w"), scan("of w", { walkIn: "w" })])).toEqual(["a"]);
		expect(next([walkIn("w"), scan("of w", { walkIn: "w" })])).toEqual(["w"]);
		expect(next([scan("of w", { walkIn: "w" })])).toEqual(["of w"]);
	});

	test("is not taken back before it was sent, and nothing overtakes that", () => {
		expect(next([scan("a"), undo("a"), scan("b")], ["a"])).toEqual([]);
	});

	test("waits for a walk-in that rests, and holds up nobody else", () => {
		const line = [walkIn("w"), scan("of w", { walkIn: "w" }), undo("of w"), scan("b")];
		expect(next(line, ["w"])).toEqual(["b"]);
	});

	test("stands unless it was taken back", () => {
		expect(standing([scan("a"), scan("b"), undo("a")]).map(({ key }) => key)).toEqual(["b"]);
	});
});
