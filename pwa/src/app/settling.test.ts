import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { ConversationSwap } from "../conversation/open-conversation.svelte";
import { Conversation } from "../graphql/documents.generated";
import { keepAnswer, keptAnswer } from "../offline/answers";
import { closeDatabase } from "../offline/database";
import { outbox } from "../offline/outbox/outbox.svelte";
import { note, StandIn, scan } from "../offline/outbox/stand-in";
import { takeInAnswers } from "./settling";

const swap = { id: "s", event: { id: "e", timezone: "UTC" }, notes: [], promises: [] } as unknown as ConversationSwap;
let server: StandIn;
let stop: () => void;

beforeEach(async () => {
	await closeDatabase();
	vi.stubGlobal("indexedDB", new IDBFactory());
	server = new StandIn();
	await outbox.open("ana");
	stop = takeInAnswers();
});

afterEach(async () => {
	stop();
	await outbox.open(null);
});

const kept = async (person: string, id: string) => (await keptAnswer(person, Conversation, { swap: id }))?.swap;

describe("what the server answered while no screen was open", () => {
	test("is in what the phone keeps of that conversation", async () => {
		await keepAnswer("ana", Conversation, { swap: "s" }, { swap });
		await keepAnswer("ben", Conversation, { swap: "s" }, { swap });

		await outbox.put(note("Likes tea"));
		await outbox.flush();

		expect((await kept("ana", "s"))?.notes.map(({ text }) => text)).toEqual(["Likes tea"]);
		expect((await kept("ben", "s"))?.notes).toEqual([]);
	});

	test("makes a conversation of a scan, with what was noted under its key", async () => {
		server.isReachable = false;
		await outbox.addScan(scan("k"));
		await outbox.put(note("Likes tea", "k"));
		server.isReachable = true;
		server.answering = ({ name, variables }) =>
			name === "SwapBadges"
				? { __typename: "Swap", ...swap }
				: { __typename: "Note", id: "n", key: variables.key, kind: "NOTE", text: variables.text };
		await outbox.flush();

		expect((await kept("ana", "s"))?.notes.map(({ text }) => text)).toEqual(["Likes tea"]);
	});
});
