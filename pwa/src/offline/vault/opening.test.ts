// @vitest-environment node
import { describe, expect, test } from "vitest";
import vectors from "../../../../tests/vault/vectors.json";
import { bytesOfHex, hexOf, type SealedEntry } from "./format";
import { inLanguage, readTexts } from "./judging";
import { lookupOf, openEntry } from "./opening";

const sealed = (vector: { lookup: string; version: number; nonce: string; ciphertext: string }): SealedEntry => ({
	lookup: bytesOfHex(vector.lookup),
	version: vector.version,
	nonce: bytesOfHex(vector.nonce),
	sealed: bytesOfHex(vector.ciphertext),
});

describe("an entry of the vault", () => {
	test.each(vectors.badges)("lies under the lookup of its badge: $token", async ({ token, lookup }) => {
		expect(hexOf(await lookupOf(token))).toBe(lookup);
	});

	test.each(vectors.opens)("opens with its badge: $about", async (vector) => {
		const content = JSON.parse(vector.content);
		const entry = await openEntry(vector.token, vector.event, sealed(vector));
		expect(entry).toEqual({
			version: vector.version,
			isOpen: content.isOpen,
			card: { name: content.card.name, pronouns: content.card.pronouns, upTo: content.card.upTo },
			prompts: content.prompts,
		});
	});

	test.each(vectors.refuses)("is not there for: $why", async (vector) => {
		expect(await openEntry(vector.token, vector.event, sealed(vector))).toBeNull();
	});

	test("is not there when the event is not one", async () => {
		const [vector] = vectors.opens;
		expect(vector && (await openEntry(vector.token, "no event", sealed(vector)))).toBeNull();
	});
});

describe("the shared texts", () => {
	test("are read as the vectors have them", () => {
		const texts = readTexts(vectors.texts);
		expect([...texts.keys()]).toEqual(vectors.texts.prompts.map(({ key }) => key));
		expect(texts.get("open-a-one")).toMatchObject({ phase: "OPEN", side: "A", minutes: 3 });
	});

	test("of another version of the format are none", () => {
		expect(readTexts({ ...vectors.texts, v: 2 }).size).toBe(0);
	});

	test("come in the reader's language, else in English, else in whatever there is", () => {
		expect(inLanguage({ en: "Why?", de: "Warum?" }, "de-AT")).toBe("Warum?");
		expect(inLanguage({ en: "Why?", de: "Warum?" }, "fr")).toBe("Why?");
		expect(inLanguage({ de: "Warum?" }, "fr")).toBe("Warum?");
	});
});
