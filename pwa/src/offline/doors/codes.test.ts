// @vitest-environment node
import { describe, expect, test } from "vitest";
import vectors from "../../../../tests/doors/codes.json";
import { hashesOf, isSurelyBadge } from "./codes";

describe("what a door reads", () => {
	test.each(vectors.codes)("is looked for as the server does it: $text", async ({ text, hashes }) => {
		expect(await hashesOf(text, vectors.event)).toEqual(hashes);
	});

	test("is a badge and nothing else where it has a badge's length", () => {
		expect(isSurelyBadge("HTTPS://MEET.EXAMPLE/B/0123456789ABCDEFGHJKMNPQRS")).toBe(true);
		expect(isSurelyBadge("ABCD-2345")).toBe(false);
		expect(isSurelyBadge("7KQ2M9XWRT")).toBe(false);
	});
});
