// @vitest-environment node
import { describe, expect, test } from "vitest";
import { whatGoingOnMeans, whatRests, whatRestsThen, whyItRests } from "./key-words";

const SHOP = { name: "Our shop", answeredBy: "Kim", held: 0, sender: "STANDARD" } as const;

describe("a key whose organizer left", () => {
	test("says that nothing comes in, why, and what waits", () => {
		expect(whyItRests(SHOP)).toBe("Nothing comes in by it: Kim no longer organizes this event.");
		expect(whyItRests({ ...SHOP, answeredBy: null, held: 2 })).toBe(
			"Nothing comes in by it: Whoever made it no longer organizes this event. 2 deliveries wait for you, for seven days each.",
		);
	});

	test("says what going on with it means, and who may know what it is used with", () => {
		expect(whatGoingOnMeans({ ...SHOP, held: 1 })).toMatch(
			/1 delivery that came meanwhile is brought in\. Kim may still know its secret/,
		);
		expect(whatGoingOnMeans({ ...SHOP, sender: "INTERFACE" })).toMatch(/works again\. Kim may still know its token/);
	});

	test("is told on the team's screen, before and after", () => {
		expect(whatRests([])).toBeNull();
		expect(whatRests([SHOP])).toMatch(
			/^Our shop brings nobody in now: Kim answered .* Go on with it or revoke it under Import\.$/,
		);
		expect(whatRests([SHOP, { ...SHOP, name: "Script" }])).toMatch(/^Our shop, Script bring nobody in now/);
		expect(whatRestsThen([])).toBeNull();
		expect(whatRestsThen([SHOP])).toMatch(/^A key of another program rests from then on: Our shop\./);
	});
});
