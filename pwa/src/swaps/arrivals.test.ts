import { beforeEach, describe, expect, test, vi } from "vitest";
import { SwapBadges } from "../graphql/documents.generated";
import { outbox } from "../offline/outbox/outbox.svelte";
import { arrivals } from "./arrivals.svelte";
import type { MetSwap } from "./met.svelte";

const swap = (id: string): MetSwap => ({
	id,
	swappedAt: "2027-04-22T09:00:00Z",
	share: "NONE",
	conversations: 1,
	card: { name: `The one of ${id}`, pronouns: null, upTo: null },
	promises: [],
});

/** The swaps that the server knows. */
let onServer: string[];
let events = 0;
let event: string;

/** A socket that never opens: all that is learned is learned by asking. */
class SilentSocket extends EventTarget {
	static readonly OPEN = 1;
	readyState = 0;
	close(): void {}
}

beforeEach(() => {
	onServer = [];
	events += 1;
	event = `event-${events}`;
	vi.stubGlobal("WebSocket", SilentSocket);
	vi.stubGlobal("fetch", async (_url: string, init: RequestInit) => {
		if (String(init.body).includes(SwapBadges.id)) throw new TypeError("no network");
		const swaps = { edges: onServer.map((id) => ({ node: swap(id) })) };
		return new Response(JSON.stringify({ data: { swaps, goneSwaps: [] } }), {
			headers: { "content-type": "application/json" },
		});
	});
	arrivals.settle();
});

/** Follows the event until the test has run, from a first answer on. */
async function following(test: () => Promise<void>): Promise<void> {
	const stop = arrivals.follow(event);
	const met = arrivals.metAt(event);
	await vi.waitFor(() => expect(met.isKnown).toBe(true));
	await test();
	stop();
}

describe("somebody who scanned my badge", () => {
	test("is told of by the banner, and listed", () =>
		following(async () => {
			onServer = ["ben"];
			await arrivals.metAt(event).refresh();
			expect(arrivals.arrival).toEqual({ swap: swap("ben"), isOffer: false, isPerhapsMine: false });
			expect(arrivals.metAt(event).swaps.map(({ id }) => id)).toEqual(["ben"]);
		}));

	test("is told of once", () =>
		following(async () => {
			onServer = ["ben"];
			await arrivals.metAt(event).refresh();
			arrivals.settle();
			await arrivals.metAt(event).refresh();
			expect(arrivals.arrival).toBeNull();
		}));

	test("opens the conversation where the badge is being shown", () =>
		following(async () => {
			const open = vi.fn();
			const stop = arrivals.openWith(open);
			onServer = ["ben"];
			await arrivals.metAt(event).refresh();
			stop();
			expect(open).toHaveBeenCalledWith(swap("ben"));
			expect(arrivals.arrival).toBeNull();
		}));
});

test("who was met before the app opened is listed and not told of", async () => {
	onServer = ["ben"];
	await following(async () => {
		await arrivals.metAt(event).refresh();
		expect(arrivals.arrival).toBeNull();
	});
});

describe("while I am scanning", () => {
	test("nothing is told, and of my own scan nothing is told afterwards either", () =>
		following(async () => {
			const release = arrivals.holdForScan();
			onServer = ["cyd"];
			await arrivals.metAt(event).refresh();
			expect(arrivals.arrival).toBeNull();
			arrivals.made(swap("cyd"));
			release();
			expect(arrivals.arrival).toBeNull();
		}));

	test("somebody else who scans me is told of when I am done", () =>
		following(async () => {
			const release = arrivals.holdForScan();
			onServer = ["dan", "ben"];
			await arrivals.metAt(event).refresh();
			arrivals.made(swap("dan"));
			release();
			expect(arrivals.arrival).toEqual({ swap: swap("ben"), isOffer: false, isPerhapsMine: false });
		}));

	test("a swap that my scan answered is never told, whenever the list shows it", () =>
		following(async () => {
			arrivals.made(swap("eva"));
			onServer = ["eva"];
			await arrivals.metAt(event).refresh();
			expect(arrivals.arrival).toBeNull();
		}));
});

describe("while a scan of mine has no answer", () => {
	test("a swap that appears waits for it, then is told as ours, until the answer says that it is mine", () =>
		following(async () => {
			await outbox.open("ana");
			await outbox.addScan({ event, badge: "b", key: "k", scannedAt: "2027-04-22T09:00:00Z" });
			const open = vi.fn();
			const stop = arrivals.openWith(open);
			onServer = ["fay"];
			await arrivals.metAt(event).refresh();
			expect(arrivals.arrival).toBeNull();
			await vi.waitFor(() => expect(arrivals.arrival).not.toBeNull(), { timeout: 4_000 });
			expect(arrivals.arrival).toEqual({ swap: swap("fay"), isOffer: false, isPerhapsMine: true });
			stop();
			expect(open).not.toHaveBeenCalled();
			arrivals.made(swap("fay"));
			expect(arrivals.arrival).toBeNull();
			await outbox.open(null);
		}));
});
