import { beforeEach, expect, test, vi } from "vitest";
import { outbox } from "../offline/outbox/outbox.svelte";
import { PracticeTalk } from "./practice-talk.svelte";

const prompt = (libraryKey: string, phase: "OPEN" | "LEARN" | "CLOSE") => ({
	libraryKey,
	phase,
	quote: "a very old dog",
	text: `${libraryKey}?`,
	why: "It is easy to answer.",
});
const sample = {
	card: { name: "Robin", pronouns: null, upTo: "teaching a very old dog" },
	prompts: [prompt("first", "OPEN"), prompt("second", "LEARN"), prompt("third", "CLOSE")],
};
const asked = vi.fn();

beforeEach(() => {
	asked.mockClear();
	vi.stubGlobal("fetch", asked);
});

test("says on every step that it is practice, and what to try next", async () => {
	const talk = new PracticeTalk(sample, "UTC");
	const guides = [talk.practice.guide];
	await talk.mark(talk.prompts[0]?.id ?? "", "ASKED");
	guides.push(talk.practice.guide);
	await talk.learn(talk.prompts[0]?.id ?? "", "the dog likes hills");
	guides.push(talk.practice.guide);
	for (const { id } of talk.prompts) await talk.mark(id, "ASKED");
	guides.push(talk.practice.guide);
	expect(new Set(guides).size).toBe(4);
	expect(talk.practice.label).toBe("Practice · Robin is not a real person");
});

test("everything can be written and shows at once", async () => {
	const talk = new PracticeTalk(sample, "UTC");
	await talk.learn(talk.prompts[1]?.id ?? "", "hills");
	await talk.need("a basket", "key-1");
	await talk.note("likes tea", "key-2");
	await talk.promise({ kind: "SEND", text: "a map", dueOn: null, key: "key-3" });
	await talk.keepPromise("key-3");
	await talk.feel("LEARNED", true);
	expect(talk.prompts[1]).toMatchObject({ insight: "hills", state: "ASKED" });
	expect(talk.swap.notes.map(({ kind, text }) => [kind, text])).toEqual([
		["NEED", "a basket"],
		["NOTE", "likes tea"],
	]);
	expect(talk.swap.promises).toMatchObject([{ text: "a map" }]);
	expect(talk.swap.promises[0]?.keptAt).not.toBeNull();
	expect(talk.swap.feelings).toEqual(["LEARNED"]);
});

test("nothing of it waits to be sent, and nobody is asked", async () => {
	const put = vi.spyOn(outbox, "put");
	const talk = new PracticeTalk(sample, "UTC");
	await talk.note("likes tea", "key-2");
	await talk.share();
	await talk.block();
	expect(put).not.toHaveBeenCalled();
	expect(asked).not.toHaveBeenCalled();
	expect(talk.swap.share).toBe("NONE");
});

test("begun again, it is new", () => {
	expect(new PracticeTalk(sample, "UTC").id).not.toBe(new PracticeTalk(sample, "UTC").id);
});
