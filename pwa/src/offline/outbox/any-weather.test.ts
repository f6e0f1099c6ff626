// Whatever the network, the server and the phone do meanwhile: in the end each thing is on the server once, in its order.
import { expect, test } from "vitest";
import { closeDatabase } from "../database";
import type { Outbox } from "./outbox.svelte";
import { closeTabs, doneWith, emptyPhone, note, openTab, type Reached, scan } from "./stand-in";

/** Chance that comes out the same for the same seed. */
function chance(seed: number): (sides: number) => number {
	let state = seed;
	return (sides) => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return Math.floor((state / 2 ** 32) * sides);
	};
}

/** What the server has, by thing, in the order in which it came; a key that comes again changes nothing. */
class Had {
	readonly scans = new Set<string>();
	readonly notes = new Map<string, string[]>();
	readonly early: string[] = [];

	take({ name, variables }: Reached): void {
		if (name === "SwapBadges") this.scans.add(variables.scan.key);
		if (name === "ReplayScans") for (const { key } of variables.scans) this.scans.add(key);
		if (name !== "AddNote") return;
		const thing = String(variables.swap).replace("swap of ", "");
		if (!this.scans.has(thing)) this.early.push(variables.text);
		const had = this.notes.get(thing) ?? [];
		if (!had.includes(variables.key)) this.notes.set(thing, [...had, variables.key]);
	}
}

const SEEDS = Array.from({ length: 12 }, (_, index) => 7 * index + 1);

test.each(SEEDS)("with the chance of seed %i", async (seed) => {
	const { server, clock } = await emptyPhone();
	const pick = chance(seed);
	const had = new Had();
	let isCalm = false;
	server.answering = (reached) => {
		const weather = isCalm ? 9 : pick(10);
		if (weather < 2) return new Response("", { status: [500, 503, 429][pick(3)] ?? 500 });
		had.take(reached);
		// Done, and the answer lost.
		return weather < 4 ? Response.error() : doneWith(reached);
	};

	const things = ["a", "b", "c"];
	const written = new Map<string, string[]>(things.map((thing) => [thing, []]));
	const scanned: string[] = [];
	let outbox: Outbox = await openTab(clock);
	for (let step = 0; step < 24; step += 1) {
		server.isReachable = pick(3) > 0;
		const thing = things[pick(things.length)] ?? "a";
		const did = pick(8);
		if (!scanned.includes(thing)) {
			scanned.push(thing);
			await outbox.addScan(scan(thing));
		} else if (did < 5) {
			const key = `${thing}${step}`;
			written.get(thing)?.push(key);
			// A screen names the swap by its id as soon as it knows it.
			expect(await outbox.put(note(key, outbox.contents.nameOf(thing), key))).toBe("kept");
		} else if (did === 5) {
			closeTabs();
			await closeDatabase();
			outbox = await openTab(clock);
		} else if (did === 6) {
			clock.advance(1000 * 2 ** pick(9));
		} else {
			await outbox.flush();
		}
	}
	isCalm = true;
	server.isReachable = true;
	clock.advance(3_600_000);
	for (let tries = 0; tries < 5 && outbox.contents.waiting.length > 0; tries += 1) await outbox.flush();

	expect(outbox.contents.waiting).toEqual([]);
	expect(outbox.contents.refused).toEqual([]);
	expect([...had.scans].toSorted()).toEqual(scanned.toSorted());
	for (const thing of scanned) expect(had.notes.get(thing) ?? []).toEqual(written.get(thing));
	expect(had.early).toEqual([]);
});
