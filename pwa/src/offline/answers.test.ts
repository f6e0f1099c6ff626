import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { Me, Swaps } from "../graphql/documents.generated";
import { forgetAnswers, keepAnswer, keptAnswer } from "./answers";
import { closeDatabase } from "./database";
import { currentPerson, forgetPerson, recallPerson, rememberPerson } from "./person";

beforeEach(async () => {
	await closeDatabase();
	vi.stubGlobal("indexedDB", new IDBFactory());
});

const nobody = { me: null };
const nothing = { swaps: { edges: [] } };

describe("kept answers", () => {
	test("come back for the same person and question", async () => {
		await keepAnswer("ana", Swaps, { event: "e", first: 50 }, nothing);
		expect(await keptAnswer("ana", Swaps, { event: "e", first: 50 })).toEqual(nothing);
	});

	test("are neither another question's nor another person's", async () => {
		await keepAnswer("ana", Swaps, { event: "e", first: 50 }, nothing);
		expect(await keptAnswer("ana", Swaps, { event: "other", first: 50 })).toBeNull();
		expect(await keptAnswer("ben", Swaps, { event: "e", first: 50 })).toBeNull();
	});

	test("are replaced by newer ones", async () => {
		await keepAnswer("ana", Me, {}, nobody);
		await keepAnswer("ana", Me, {}, nobody);
		expect(await keptAnswer("ana", Me, {})).toEqual(nobody);
	});

	test("of one person are forgotten without touching another's", async () => {
		await keepAnswer("ana", Me, {}, nobody);
		await keepAnswer("ana", Swaps, { event: "e", first: 50 }, nothing);
		await keepAnswer("ben", Me, {}, nobody);
		await forgetAnswers("ana");
		expect(await keptAnswer("ana", Me, {})).toBeNull();
		expect(await keptAnswer("ana", Swaps, { event: "e", first: 50 })).toBeNull();
		expect(await keptAnswer("ben", Me, {})).toEqual(nobody);
	});

	test("are simply none where the browser allows no database", async () => {
		vi.stubGlobal("indexedDB", {
			open: () => {
				throw new DOMException("no", "SecurityError");
			},
		});
		await keepAnswer("ana", Me, {}, nobody);
		expect(await keptAnswer("ana", Me, {})).toBeNull();
	});
});

describe("the person", () => {
	test("is remembered over a restart until they leave", async () => {
		await rememberPerson("ana");
		await closeDatabase();
		expect(await recallPerson()).toBe("ana");
	});

	test("whom the server names while the phone is still remembering is the one who counts", async () => {
		await rememberPerson("ana");
		const recalled = recallPerson();
		await rememberPerson("ben");
		await recalled;
		expect(currentPerson()).toBe("ben");
	});

	test("is nobody once they have left", async () => {
		await rememberPerson("ana");
		await forgetPerson();
		expect(currentPerson()).toBeNull();
		expect(await recallPerson()).toBeNull();
	});
});
