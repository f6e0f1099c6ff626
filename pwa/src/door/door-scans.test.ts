import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { DoorScans } from "./door-scans.svelte";
import type { Told } from "./verdict";

const event = {
	id: "event",
	slug: "repair",
	title: "Repair Summit",
	startsAt: "2026-04-22T08:00:00Z",
	endsAt: "2026-04-22T16:00:00Z",
	timezone: "Europe/Lisbon",
	scansPeopleOut: true,
};

interface Sent {
	readonly checkIn: {
		readonly code: string;
		readonly key: string;
		readonly scannedAt: string;
		readonly direction: string;
	};
}

/** What the network answers, in turn: a verdict, or nothing. */
let answers: (string | null)[];
let sent: Sent[];
let told: Told[];

function answer(verdict: string): Response {
	const result = {
		__typename: "CheckIn",
		id: verdict,
		verdict,
		name: "Ana",
		ticketType: null,
		firstInAt: null,
		door: null,
	};
	const data = verdict === "UNDONE" ? { undoCheckIn: result } : { checkIn: result };
	return new Response(JSON.stringify({ data }), { headers: { "content-type": "application/json" } });
}

beforeEach(() => {
	vi.useFakeTimers();
	answers = [];
	sent = [];
	told = [];
	vi.stubGlobal("fetch", async (_: string, { body }: { body: string }) => {
		sent.push(JSON.parse(body).variables);
		const verdict = answers.shift() ?? null;
		if (verdict === null) throw new TypeError("no network");
		return answer(verdict);
	});
});
afterEach(() => {
	vi.useRealTimers();
});

const atDoor = () => new DoorScans(event, "door", (each) => told.push(each));
const settle = () => vi.advanceTimersByTimeAsync(0);

describe("a scan at the door", () => {
	test("is told and makes room by itself", async () => {
		answers = ["ADMITTED"];
		const scans = atDoor();
		scans.scan("AAAA", "IN");
		await settle();
		expect(scans.stage.kind).toBe("told");
		expect(told.map(({ word }) => word)).toEqual(["Welcome"]);
		await vi.advanceTimersByTimeAsync(2600);
		expect(scans.stage.kind).toBe("ready");
	});

	test("without an answer is said to be not in, and keeps key and time when it is tried again", async () => {
		answers = [null, "ADMITTED"];
		const scans = atDoor();
		scans.scan("AAAA", "IN");
		await settle();
		expect(scans.stage).toMatchObject({ kind: "not-in", trouble: { kind: "offline" } });
		await vi.advanceTimersByTimeAsync(20_000);
		expect(scans.stage.kind).toBe("not-in");

		await scans.again();

		expect(scans.stage.kind).toBe("told");
		expect(sent).toHaveLength(2);
		expect(sent[1]?.checkIn.key).toBe(sent[0]?.checkIn.key);
		expect(sent[1]?.checkIn.scannedAt).toBe(sent[0]?.checkIn.scannedAt);
	});

	test("of the same ticket after no answer is that scan once more, another ticket is a new one", async () => {
		answers = [null, null, "ADMITTED"];
		const scans = atDoor();
		scans.scan("AAAA", "IN");
		await settle();
		scans.scan("AAAA", "IN");
		await settle();
		scans.scan("BBBB", "IN");
		await settle();
		const keys = sent.map(({ checkIn }) => checkIn.key);
		expect(keys[1]).toBe(keys[0]);
		expect(keys[2]).not.toBe(keys[0]);
	});

	test("while one is on its way is not taken", () => {
		const scans = atDoor();
		scans.scan("AAAA", "IN");
		scans.scan("BBBB", "IN");
		expect(sent).toHaveLength(1);
	});

	test("that is refused never blocks the next", async () => {
		answers = ["NOT_RECOGNISED", "ADMITTED"];
		const scans = atDoor();
		scans.scan("AAAA", "IN");
		await settle();
		scans.scan("BBBB", "IN");
		await settle();
		expect(told.map(({ word }) => word)).toEqual(["Not known here", "Welcome"]);
	});
});

describe("the camera takes the next ticket", () => {
	test("after a welcome that could be read, and after a refusal only when it has gone", async () => {
		answers = ["ADMITTED", "CANCELLED"];
		const scans = atDoor();
		expect(scans.takes(performance.now())).toBe(true);
		scans.scan("AAAA", "IN");
		await settle();
		expect(scans.takes(performance.now())).toBe(false);
		await vi.advanceTimersByTimeAsync(900);
		expect(scans.takes(performance.now())).toBe(true);

		scans.scan("BBBB", "IN");
		await settle();
		await vi.advanceTimersByTimeAsync(2900);
		expect(scans.takes(performance.now())).toBe(false);
		await vi.advanceTimersByTimeAsync(200);
		expect(scans.takes(performance.now())).toBe(true);
	});

	test("not while somebody is shown their new ticket", async () => {
		answers = ["ADMITTED"];
		const scans = atDoor();
		scans.letThrough("registration", "IN", "7KQ2M9XWRT");
		await vi.advanceTimersByTimeAsync(60_000);
		expect(scans.stage).toMatchObject({ kind: "told", ticket: "7KQ2M9XWRT" });
		expect(scans.takes(performance.now())).toBe(false);
	});
});

describe("undo", () => {
	test("is there for the last one let in, also once the camera is back", async () => {
		answers = ["ADMITTED", "NOT_RECOGNISED", "UNDONE"];
		const scans = atDoor();
		scans.scan("AAAA", "IN");
		await settle();
		scans.scan("BBBB", "IN");
		await vi.advanceTimersByTimeAsync(5000);
		expect(scans.last?.id).toBe("ADMITTED");

		await scans.undo("ADMITTED");

		expect(told.at(-1)?.word).toBe("Taken back");
		expect(scans.last).toBeNull();
	});

	test("without an answer says so and leaves everything as it was", async () => {
		answers = ["ADMITTED", null];
		const scans = atDoor();
		scans.scan("AAAA", "IN");
		await settle();
		await scans.undo("ADMITTED");
		expect(scans.undoRefusal).toBe("No connection; it is not taken back yet.");
		expect(scans.last?.id).toBe("ADMITTED");
	});
});
