import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { goingOn, SOMEBODY, unsentSwap } from "../conversation/unsent-swap";
import { closeDatabase } from "../offline/database";
import { outbox } from "../offline/outbox/outbox.svelte";
import type { Scan } from "../offline/outbox/sending";
import { type OpenedBadge, openedBadges, type ShownPrompt } from "../offline/vault/opened";
import { areGone } from "../swaps/gone";
import { scannedHere } from "./scanned-here.svelte";

const of = { person: "ana", event: "summit" };
const KEY = "0190f7c0-0000-4abc-8def-000000000001";
const lookup = Uint8Array.of(1, 2, 3);

const prompt = (key: string): ShownPrompt => ({ key, phase: "LEARN", quote: null, text: `${key}?`, why: "Because." });

const badge: OpenedBadge = {
	...of,
	key: KEY,
	lookup: "010203",
	scannedAt: "2027-04-22T10:00:00Z",
	badge: "T".repeat(26),
	version: 1,
	card: { name: "Ben Okafor", pronouns: "he/him", upTo: "mending bicycles" },
	prompts: [prompt("one"), prompt("two")],
	shown: ["one"],
};

const scan = { key: KEY, variables: { event: of.event, scan: { scannedAt: badge.scannedAt } } } as Scan;

let stop: () => void;

/** The app is opened, or opened again. */
async function open(): Promise<void> {
	stop = scannedHere.follow(of);
	await vi.waitFor(() => expect(scannedHere.isKnown).toBe(true));
}

beforeEach(async () => {
	await closeDatabase();
	vi.stubGlobal("indexedDB", new IDBFactory());
	await open();
});

afterEach(() => stop());

describe("a badge that this phone scanned", () => {
	test("is there again when the app is opened anew, and for nobody else", async () => {
		await scannedHere.keep(badge);
		stop();
		expect(scannedHere.find(KEY)).toBeNull();
		await open();
		expect(scannedHere.find(KEY)).toEqual(badge);
		stop();
		stop = scannedHere.follow({ ...of, person: "ben" });
		await vi.waitFor(() => expect(scannedHere.isKnown).toBe(true));
		expect(scannedHere.find(KEY)).toBeNull();
	});

	test("is the same conversation until the local day ends at four", async () => {
		await scannedHere.keep(badge);
		const at = (time: string) => scannedHere.onSameDay(lookup, new Date(time), "UTC")?.key ?? null;
		expect(at("2027-04-23T03:59:00Z")).toBe(KEY);
		expect(at("2027-04-23T04:00:00Z")).toBeNull();
		expect(scannedHere.onSameDay(Uint8Array.of(9), new Date(badge.scannedAt), "UTC")).toBeNull();
	});

	test("tells what was asked of its wearer, and which talk this is", async () => {
		const later = { ...badge, key: "later", scannedAt: "2027-04-23T10:00:00Z", shown: [] };
		await scannedHere.keep(badge);
		await scannedHere.keep(later);
		await scannedHere.show(KEY, "two");
		expect([...scannedHere.asked(lookup)]).toEqual(["one", "two"]);
		expect([scannedHere.talk(badge), scannedHere.talk(later)]).toEqual([1, 2]);
	});

	test("is let go of when its swap ended, so that it can be scanned anew", async () => {
		vi.spyOn(outbox.contents, "nameOf").mockImplementation((thing) => (thing === KEY ? "swap-1" : thing));
		await scannedHere.keep({ ...badge, badge: null, card: null });
		await areGone(["swap-1"]);
		expect(scannedHere.find(KEY)).toBeNull();
		await vi.waitFor(async () => expect(await openedBadges(of)).toEqual([]));
	});
});

describe("the conversation of a scan that waits", () => {
	test("is the card and the prompts that the vault held", async () => {
		await scannedHere.keep(badge);
		const swap = unsentSwap(scan, "UTC");
		expect(swap.card).toEqual(badge.card);
		expect(swap.agenda.prompts.map(({ id }) => id)).toEqual([`${KEY}/one`, `${KEY}/two`]);
	});

	test("is somebody without a name where it held none", () => {
		expect(unsentSwap(scan, "UTC")).toMatchObject({ card: { name: SOMEBODY }, agenda: { prompts: [] } });
	});

	test("goes on as the server's swap with what was on the screen first, whatever the server begins with", async () => {
		await scannedHere.keep({ ...badge, shown: ["one", "two"] });
		const unsent = unsentSwap(scan, "UTC");
		const told = (libraryKey: string) => ({ ...unsent.agenda.prompts[0], id: `id-${libraryKey}`, libraryKey });
		const swap = { ...unsent, id: "swap-1", agenda: { prompts: [told("own"), told("two")] } } as typeof unsent;
		expect(goingOn(swap, scan).agenda.prompts.map(({ id }) => id)).toEqual([`${KEY}/one`, "id-two", "id-own"]);
	});
});
