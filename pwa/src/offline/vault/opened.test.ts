// @vitest-environment node
import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { beforeEach, describe, expect, test, vi } from "vitest";
import vectors from "../../../../tests/vault/vectors.json";
import { closeDatabase } from "../database";
import { bytesOfHex, hexOf } from "./format";
import { findInVault, followVault, forgetAllOpened, keepOpened, type OpenedBadge, openedBadges } from "./opened";
import { readVault } from "./reading";
import { Staging } from "./storing";

const of = { person: "ana", event: "summit" };
const [ana, ben] = vectors.opens;
const tokenOf = (vector: typeof ana) => vector?.token ?? "";

/** Takes the body in as a fetch does. */
async function sync(about: string): Promise<void> {
	const body = vectors.bodies.find((each) => each.about === about);
	const { header, records } = await readVault(new Blob([bytesOfHex(body?.bytes ?? "")]).stream());
	const staging = await Staging.begin(of, Date.now() + 1000);
	for await (const record of records) await staging?.write([record]);
	await staging?.finish(header, null, Date.now());
}

async function scan(token: string, key = crypto.randomUUID()): Promise<OpenedBadge> {
	const { lookup, entry, prompts } = await findInVault(of, token);
	const opened: OpenedBadge = {
		...of,
		key,
		lookup: hexOf(lookup),
		scannedAt: "2027-04-22T10:00:00Z",
		badge: token,
		version: entry?.version ?? null,
		card: entry?.card ?? null,
		prompts: prompts.map(({ key, phase, quote, text, why }) => ({
			key,
			phase,
			quote,
			text: text.en ?? "",
			why: why.en ?? "",
		})),
		shown: [],
	};
	await keepOpened(opened);
	return opened;
}

beforeEach(async () => {
	await closeDatabase();
	vi.stubGlobal("indexedDB", new IDBFactory());
	vi.stubGlobal("IDBKeyRange", IDBKeyRange);
});

describe("a badge that was scanned", () => {
	test("shows its card and its prompts with their texts", async () => {
		await sync("whole");
		const { entry, prompts } = await findInVault(of, tokenOf(ana));
		expect(entry?.card).toMatchObject({ name: "Ana Duarte", pronouns: "she/her" });
		expect(prompts.length).toBeGreaterThan(0);
		expect(prompts.every(({ text }) => text.en?.startsWith("What would"))).toBe(true);
	});

	test("shows nothing before there is a vault, or when it is in none", async () => {
		expect((await findInVault(of, tokenOf(ana))).entry).toBeNull();
		await sync("whole");
		expect((await findInVault(of, "7".repeat(26))).entry).toBeNull();
	});

	test("is not found in another person's vault", async () => {
		await sync("whole");
		expect((await findInVault({ ...of, person: "ben" }, tokenOf(ana))).entry).toBeNull();
	});

	test("goes when a sync says that its entry is gone, and is brought up to date when it changed", async () => {
		await sync("whole");
		const hers = await scan(tokenOf(ana));
		const his = await scan(tokenOf(ben));
		await sync("one changed, one gone");
		const { gone, changed } = await followVault(of);
		expect(gone.map(({ key }) => key)).toEqual([his.key]);
		expect(changed).toEqual([expect.objectContaining({ key: hers.key, version: 7 })]);
		expect((await openedBadges(of)).map(({ key, version }) => [key, version])).toEqual([[hers.key, 7]]);
	});

	test("goes when a whole new vault does not have it", async () => {
		await sync("whole");
		await scan(tokenOf(ana));
		await sync("whole and empty");
		expect((await followVault(of)).gone).toHaveLength(1);
	});

	test("stays when the server has answered: then its swap decides", async () => {
		await sync("whole");
		const hers = await scan(tokenOf(ana));
		await keepOpened({ ...hers, badge: null, card: null, prompts: [] });
		await sync("whole and empty");
		expect((await followVault(of)).gone).toEqual([]);
		expect(await openedBadges(of)).toHaveLength(1);
	});

	test("that was in no vault is not touched by a sync", async () => {
		await scan("7".repeat(26));
		await sync("whole");
		expect(await followVault(of)).toEqual({ gone: [], changed: [] });
	});

	test("is forgotten with the person who scanned it, and with nobody else", async () => {
		await sync("whole");
		const hers = await scan(tokenOf(ana));
		await keepOpened({ ...hers, person: "ben" });
		await forgetAllOpened("ana");
		expect(await openedBadges(of)).toEqual([]);
		expect(await openedBadges({ ...of, person: "ben" })).toHaveLength(1);
	});
});
