import { expect, test } from "vitest";
import { OneAtATime } from "./one-at-a-time";

test("of several tickets on one sheet one is taken, and none of the others after it", () => {
	const codes = new OneAtATime();
	expect(codes.take(["ANA", "BEN"], 0, true)).toBe("ANA");
	for (let at = 300; at < 20_000; at += 300) {
		const isFree = at > 3000;
		expect(codes.take(["BEN", "ANA", "CEM"], at, isFree)).toBeNull();
	}
});

test("whoever is next holds theirs up while the welcome stands, and is taken when it ends", () => {
	const codes = new OneAtATime();
	expect(codes.take(["ANA"], 0, true)).toBe("ANA");
	expect(codes.take(["BEN"], 2000, false)).toBeNull();
	expect(codes.take(["BEN"], 3100, true)).toBe("BEN");
});

test("a ticket that was in view beside another is taken when it is held up by itself", () => {
	const codes = new OneAtATime();
	codes.take(["ANA", "BEN"], 0, true);
	expect(codes.take(["BEN"], 4000, true)).toBe("BEN");
});
