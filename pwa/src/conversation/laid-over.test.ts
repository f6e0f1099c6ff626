import { describe, expect, test } from "vitest";
import type { Operation } from "../offline/outbox/operations";
import type { Waiting } from "../offline/outbox/waiting";
import { layOver, withWritten } from "./laid-over";
import type { ConversationSwap } from "./open-conversation.svelte";

const AT = "2027-04-22T10:42:00Z";

const swap: ConversationSwap = {
	id: "s",
	swappedAt: "2027-04-22T10:40:00Z",
	share: "OFFERED_TO_ME",
	conversations: 1,
	feelings: ["LEARNED"],
	event: { id: "e", timezone: "Europe/Lisbon" },
	card: { name: "Ben Okafor", pronouns: null, upTo: null },
	contact: { email: "ben@example.org", phone: null, links: [], file: null },
	agenda: {
		prompts: [
			{
				id: "p1",
				libraryKey: "open-first",
				phase: "OPEN",
				quote: null,
				text: "What brought you?",
				why: "",
				state: "WAITING",
				insight: "An old bicycle.",
			},
		],
	},
	notes: [{ id: "n1", key: "k1", kind: "NOTE", text: "Likes tea", writtenAt: AT }],
	promises: [],
};

let place = 0;
const waiting = (written: Operation): Waiting => {
	place += 1;
	const facts = { place, person: "ana", key: `w${place}`, thing: "s", slot: null, event: null, refusal: null };
	return { ...written, ...facts, madeAt: AT };
};
const laid = (...written: Operation[]) => layOver(swap, written.map(waiting));

describe("what waits is shown as it was written", () => {
	test("a note and a need stand behind what was there", () => {
		const notes = laid(
			{ operation: "AddNote", variables: { swap: "s", text: "Blue bicycle", key: "k2" } },
			{ operation: "NoteNeed", variables: { swap: "s", text: "A dry shed", key: "k3" } },
		)?.notes;
		expect(notes?.map(({ kind, text }) => [kind, text])).toEqual([
			["NOTE", "Likes tea"],
			["NOTE", "Blue bicycle"],
			["NEED", "A dry shed"],
		]);
		expect(notes?.[1]?.writtenAt).toBe(AT);
	});

	test("a note that the server has already, whose answer was lost, is there once", () => {
		const again: Operation = { operation: "AddNote", variables: { swap: "s", text: "Likes tea", key: "k1" } };
		expect(laid(again)?.notes).toHaveLength(1);
	});

	test("a promise can be made and kept before the server knows of it", () => {
		const promises = laid(
			{ operation: "MakePromise", variables: { swap: "s", kind: "SEND", text: "The article", key: "k4" } },
			{ operation: "KeepPromise", variables: { promise: "k4" } },
		)?.promises;
		expect(promises).toEqual([{ id: "k4", key: "k4", kind: "SEND", text: "The article", dueOn: null, keptAt: AT }]);
	});

	test("a mark leaves what was learned before, and is found by either name of its prompt", () => {
		for (const prompt of ["p1", "scan-key/open-first"]) {
			const [marked] = laid({ operation: "MarkPrompt", variables: { prompt, state: "ASKED" } })?.agenda.prompts ?? [];
			expect(marked).toMatchObject({ id: "p1", state: "ASKED", insight: "An old bicycle." });
		}
	});

	test("an insight stands on its prompt", () => {
		const variables = { prompt: "p1", state: "ASKED" as const, insight: "A map." };
		expect(laid({ operation: "MarkPrompt", variables })?.agenda.prompts[0]?.insight).toBe("A map.");
	});

	test("feelings come and go", () => {
		const feel = (feeling: "LEARNED" | "CAN_HELP", felt: boolean): Operation => ({
			operation: "Feel",
			variables: { swap: "s", feeling, felt },
		});
		expect(laid(feel("CAN_HELP", true), feel("LEARNED", false))?.feelings).toEqual(["CAN_HELP"]);
	});

	test("sharing back makes it mutual, and letting it pass takes their contact away", () => {
		expect(laid({ operation: "ShareBack", variables: { swap: "s", fields: ["EMAIL"] } })).toMatchObject({
			share: "MUTUAL",
			contact: swap.contact,
		});
		expect(laid({ operation: "DeclineShare", variables: { swap: "s" } })).toMatchObject({
			share: "NONE",
			contact: null,
		});
		const offered = layOver({ ...swap, share: "NONE", contact: null }, [
			waiting({ operation: "ShareBack", variables: { swap: "s", fields: ["EMAIL"] } }),
		]);
		expect(offered?.share).toBe("OFFERED_BY_ME");
	});

	test("a withdrawal leaves nothing, whatever was written after it", () => {
		const note: Operation = { operation: "AddNote", variables: { swap: "s", text: "Late", key: "k9" } };
		expect(laid({ operation: "Withdraw", variables: { swap: "s" } }, note)).toBeNull();
	});
});

describe("what the server answered", () => {
	test("takes the place of what was shown until then", () => {
		const written: Operation = { operation: "AddNote", variables: { swap: "s", text: " Tea ", key: "k2" } };
		const shown = layOver(swap, [waiting(written)]);
		const note = { __typename: "Note", id: "n2", key: "k2", kind: "NOTE", text: "Tea", writtenAt: AT };
		const settled = shown && withWritten(shown, written, AT, note);
		expect(settled?.notes.map(({ id, text }) => [id, text])).toEqual([
			["n1", "Likes tea"],
			["n2", "Tea"],
		]);
	});

	test("puts a prompt on the agenda that the phone had shown by itself", () => {
		const written: Operation = { operation: "MarkPrompt", variables: { prompt: "scan-key/help-one", state: "ASKED" } };
		expect(layOver(swap, [waiting(written)])?.agenda.prompts).toHaveLength(1);
		const prompt = { ...swap.agenda.prompts[0], id: "p2", libraryKey: "help-one", state: "ASKED" };
		expect(withWritten(swap, written, AT, prompt)?.agenda.prompts.map(({ id }) => id)).toEqual(["p1", "p2"]);
	});
});
