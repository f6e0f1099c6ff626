import { IDBFactory } from "fake-indexeddb";
import { tick } from "svelte";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { Swaps } from "../graphql/documents.generated";
import { closeDatabase } from "./database";
import { rememberPerson } from "./person";
import { Remembered } from "./remembered.svelte";

const question = { event: "e", first: 50 };
const answer = { swaps: { edges: [] } };
let asked = 0;

/** The network as it is at the moment: an answer, or none. */
function network(answers: () => Response | Promise<Response>): void {
	vi.stubGlobal("fetch", () => {
		asked += 1;
		return answers();
	});
}
const reachable = () => Response.json({ data: answer });
const unreachable = () => Promise.reject(new TypeError("no network"));

beforeEach(async () => {
	await closeDatabase();
	vi.stubGlobal("indexedDB", new IDBFactory());
	asked = 0;
	await rememberPerson("ana");
});

describe("a remembered answer", () => {
	test("is fresh once the server has answered", async () => {
		network(reachable);
		const swaps = new Remembered(Swaps, question);
		await swaps.read();
		expect(swaps.data).toEqual(answer);
		expect(swaps.isFresh).toBe(true);
	});

	test("is what the phone knew when there is no network, and says so", async () => {
		network(reachable);
		await new Remembered(Swaps, question).read();
		network(unreachable);
		const later = new Remembered(Swaps, question);
		await later.read();
		expect(later.data).toEqual(answer);
		expect(later.isFresh).toBe(false);
		expect(later.trouble).toEqual({ kind: "offline" });
	});

	test("is none for another person on the same phone", async () => {
		network(reachable);
		await new Remembered(Swaps, question).read();
		network(unreachable);
		await rememberPerson("ben");
		const theirs = new Remembered(Swaps, question);
		await theirs.read();
		expect(theirs.data).toBeNull();
	});

	test("that came by itself is not replaced by an answer to an earlier question", async () => {
		let answerNow = (_: Response) => {};
		network(() => new Promise((resolve) => (answerNow = resolve)));
		const swaps = new Remembered(Swaps, question);
		const asking = swaps.read();
		const newer = { swaps: { edges: [{}] } } as unknown as typeof answer;
		await swaps.sent(newer);
		answerNow(reachable());
		await asking;
		expect(swaps.data).toEqual(newer);
		expect([swaps.isFresh, swaps.trouble]).toEqual([true, null]);
		network(reachable);
		await swaps.refresh();
		expect(swaps.data).toEqual(answer);
	});

	test("read in an effect is asked for once", async () => {
		network(reachable);
		const swaps = new Remembered(Swaps, question);
		const stop = $effect.root(() => {
			$effect(() => {
				void swaps.read();
			});
		});
		for (let turn = 0; turn < 20; turn += 1) await tick();
		await new Promise((resolve) => setTimeout(resolve, 20));
		stop();
		expect(asked).toBe(1);
	});
});
