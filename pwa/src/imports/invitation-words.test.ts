// @vitest-environment node
import { describe, expect, test } from "vitest";
import { howFar, refused, withoutAddress } from "./invitation-words";

const NONE = { new: 0, unsent: 0, sent: 0, withoutAddress: 0, underWay: false, refusedCount: 0, refused: [] };

describe("how far the mails are", () => {
	test.each([
		[{ ...NONE }, "Nobody on the list has a mail address."],
		[{ ...NONE, new: 22 }, "22 mails would leave now."],
		[{ ...NONE, new: 1, sent: 21 }, "1 mail would leave now; 21 left before."],
		[{ ...NONE, unsent: 14, sent: 8, underWay: true }, "14 mails still to leave. You may leave this page."],
		[{ ...NONE, unsent: 2, sent: 20 }, "2 mails could not be delivered. Send again to try only those."],
		[{ ...NONE, new: 3, unsent: 2, sent: 20 }, "5 mails would leave now; 20 left before."],
		[{ ...NONE, sent: 1 }, "The one mail has left."],
		[{ ...NONE, sent: 22 }, "All 22 mails have left."],
		[{ ...NONE, sent: 22, refusedCount: 2 }, "22 mails have left."],
		[{ ...NONE, refusedCount: 2 }, "No mail has left."],
	])("%o", (told, words) => {
		expect(howFar(told)).toBe(words);
	});

	test("whose address is refused for good is said, and what to do", () => {
		expect(refused(NONE)).toBeNull();
		expect(refused({ ...NONE, refusedCount: 1 })).toMatch(
			/^The mail server refused the address of one person for good, so it is not tried/,
		);
		expect(refused({ ...NONE, refusedCount: 3 })).toMatch(
			/addresses of 3 people for good, so they are not tried .* their badges\.$/,
		);
	});

	test("whom no mail can tell is said, and what to do", () => {
		expect(withoutAddress(NONE)).toBeNull();
		expect(withoutAddress({ ...NONE, withoutAddress: 1 })).toMatch(/^One person .* their badge\.$/);
		expect(withoutAddress({ ...NONE, withoutAddress: 3 })).toMatch(/^3 people .* their badges\.$/);
	});
});
