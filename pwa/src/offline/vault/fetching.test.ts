import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, test, vi } from "vitest";
import vectors from "../../../../tests/vault/vectors.json";
import { closeDatabase, database } from "../database";
import { fetchVault } from "./fetching";
import { bytesOfHex, MEDIA_TYPE } from "./format";
import { forgetVaults, keptEntry, keptTexts, keptVault, Staging } from "./storing";

const of = { person: "ana", event: "summit" };
const wanted = { ...of, slug: "repair-summit", forgetAt: 2_000_000 };
const asked: Request[] = [];

const body = (about: string) => vectors.bodies.find((each) => each.about === about);
const bytesOf = (about: string) => bytesOfHex(body(about)?.bytes ?? "");
const ana = bytesOfHex(vectors.opens[0]?.lookup ?? "");
const ben = bytesOfHex(vectors.opens[1]?.lookup ?? "");

/** The server as it is at the moment. */
function server(answer: () => Response | Promise<Response>): void {
	vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
		asked.push(new Request(new URL(url, "http://localhost"), { headers: init.headers ?? {} }));
		return answer();
	});
}

const vault = (about: string, etag = `"${about}"`) =>
	new Response(bytesOf(about), { headers: { "content-type": MEDIA_TYPE, etag } });

function fetchNow(now = 1_000_000, onprogress: (done: number, of: number) => void = () => {}) {
	return fetchVault(wanted, { signal: new AbortController().signal, now: () => now, onprogress });
}

async function rows(): Promise<number> {
	return (await (await database())?.count("vaultEntries")) ?? -1;
}

beforeEach(async () => {
	await closeDatabase();
	vi.stubGlobal("indexedDB", new IDBFactory());
	asked.length = 0;
});

describe("fetching a vault", () => {
	test("keeps every card and the texts, and says how many and when", async () => {
		server(() => vault("whole"));
		const onprogress = vi.fn();
		expect(await fetchNow(1_000_000, onprogress)).toBe("fetched");
		expect(onprogress).toHaveBeenLastCalledWith(3, 3);
		const current = (await keptVault(of))?.current;
		expect(current).toMatchObject({ cards: 3, checkedAt: 1_000_000, cursor: body("whole")?.header.cursor });
		expect(current && (await keptEntry(current, ana))?.version).toBe(1);
		expect(current && (await keptTexts(current))).not.toBeNull();
		expect(asked[0]?.url).toBe("http://localhost/events/repair-summit/vault");
		expect(asked[0]?.headers.get("handsel-client")).toBe("pwa");
	});

	test("asks for what changed since, and puts only that in place", async () => {
		server(() => vault("whole"));
		await fetchNow();
		server(() => vault("one changed, one gone"));
		expect(await fetchNow(1_060_000)).toBe("fetched");
		expect(new URL(asked[1]?.url ?? "").searchParams.get("since")).toBe("cursor-whole");
		expect(asked[1]?.headers.get("if-none-match")).toBe('"whole"');
		const current = (await keptVault(of))?.current;
		expect(current).toMatchObject({ cards: 2, checkedAt: 1_060_000 });
		expect(current && (await keptEntry(current, ana))?.version).toBe(7);
		expect(current && (await keptEntry(current, ben))).toBeNull();
		expect(await rows()).toBe(3);
	});

	test("keeps the time when nothing changed", async () => {
		server(() => vault("whole"));
		await fetchNow();
		server(() => new Response(null, { status: 304 }));
		expect(await fetchNow(1_500_000)).toBe("unchanged");
		expect((await keptVault(of))?.current).toMatchObject({ cards: 3, checkedAt: 1_500_000 });
	});

	test("that breaks off half-way leaves the old vault whole, and the next try starts clean", async () => {
		server(() => vault("whole"));
		await fetchNow();
		const half = bytesOf("one changed, one gone").slice(0, -40);
		server(() => new Response(half, { headers: { "content-type": MEDIA_TYPE } }));
		expect(await fetchNow(1_100_000)).toBe("offline");
		const kept = await keptVault(of);
		expect(kept).toMatchObject({ staging: null, current: { cards: 3, checkedAt: 1_000_000 } });
		expect(kept?.current && (await keptEntry(kept.current, ben))?.version).toBe(2);
		expect(await rows()).toBe(4);
		server(() => vault("one changed, one gone"));
		expect(await fetchNow(1_200_000)).toBe("fetched");
		expect((await keptVault(of))?.current?.cards).toBe(2);
	});

	test("that the phone ended half-way by being closed is cleaned up by the next", async () => {
		const staging = await Staging.begin(of, 2_000_000);
		await staging?.write([{ kind: "gone", lookup: ben }]);
		server(() => vault("whole"));
		await fetchNow();
		expect(await rows()).toBe(4);
	});

	test("writes nothing once another tab has begun, or the person has left", async () => {
		const mine = await Staging.begin(of, 2_000_000);
		await Staging.begin(of, 2_000_000);
		await expect(mine?.write([{ kind: "gone", lookup: ben }])).rejects.toThrow();
		const theirs = await Staging.begin(of, 2_000_000);
		await forgetVaults(({ person }) => person === "ana");
		await expect(theirs?.write([{ kind: "gone", lookup: ben }])).rejects.toThrow();
		expect(await rows()).toBe(0);
	});

	test("brings everything the next time when the phone does not hold what it should", async () => {
		server(() => vault("whole"));
		await fetchNow();
		await (await database())?.clear("vaultEntries");
		server(() => vault("nothing changed"));
		await fetchNow();
		server(() => vault("whole"));
		await fetchNow();
		expect(new URL(asked[2]?.url ?? "").search).toBe("");
		expect((await keptVault(of))?.current?.cards).toBe(3);
	});

	test.each([
		["no network", () => Promise.reject(new TypeError("no network")), "offline"],
		[
			"the page of a captive portal",
			() => new Response("<p>", { headers: { "content-type": "text/html" } }),
			"offline",
		],
		["a server that is asked too often", () => new Response("", { status: 429 }), "busy"],
		["a vault that is still being made", () => new Response("", { status: 503 }), "busy"],
		["somebody without a place", () => new Response("", { status: 404 }), "left"],
		["a phone that is full", () => Promise.reject(new DOMException("full", "QuotaExceededError")), "full"],
	])("ends quietly with %s", async (_, answer, how) => {
		server(answer);
		expect(await fetchNow()).toBe(how);
		expect((await keptVault(of))?.current ?? null).toBeNull();
	});

	test("says so where the browser keeps nothing", async () => {
		await closeDatabase();
		vi.stubGlobal("indexedDB", {
			open: () => {
				throw new DOMException("no", "SecurityError");
			},
		});
		server(() => vault("whole"));
		expect(await fetchNow()).toBe("unable");
	});
});

describe("forgetting vaults", () => {
	test("takes every entry along, of those meant alone", async () => {
		server(() => vault("whole"));
		await fetchNow();
		await fetchVault(
			{ ...wanted, person: "ben" },
			{ signal: new AbortController().signal, now: () => 1, onprogress: () => {} },
		);
		await forgetVaults(({ person }) => person === "ana");
		expect(await keptVault(of)).toBeNull();
		expect((await keptVault({ ...of, person: "ben" }))?.current?.cards).toBe(3);
		expect(await rows()).toBe(4);
	});
});
