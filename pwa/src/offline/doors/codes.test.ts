// @vitest-environment node
import { describe, expect, test } from "vitest";
import vectors from "../../../../tests/doors/codes.json";
import { hashesOf, isBadge } from "./codes";

describe("what a door reads", () => {
	test.each(vectors.codes)("is looked for as the server does it: $text", async ({ text, hashes }) => {
		expect(await hashesOf(text, vectors.event)).toEqual(hashes);
	});

	test("is a badge where it is one's long code: eight characters may be another system's ticket", () => {
		expect(isBadge("HTTPS://MEET.EXAMPLE/B/0123456789ABCDEFGHJKMNPQRS")).toBe(true);
		expect(isBadge("ABCD-2345")).toBe(false);
		expect(isBadge("7KQ2M9XWRT")).toBe(false);
	});
});
