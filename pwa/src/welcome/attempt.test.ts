import { beforeEach, expect, test } from "vitest";
import { forgetAttempt, keepAttempt, keptAttempt } from "./attempt";

const attempt = { id: "a", email: "ana@demo.example", badge: null, message: "Sent.", askedAt: 1_000 };
beforeEach(() => localStorage.clear());

test("an attempt outlives the app being closed, for as long as its code does", () => {
	keepAttempt(attempt);
	expect(keptAttempt(1_000 + 9 * 60_000)).toEqual(attempt);
	expect(keptAttempt(1_000 + 10 * 60_000)).toBeNull();
	expect(keptAttempt(1_000)).toBeNull();
});

test("a forgotten attempt is gone", () => {
	keepAttempt(attempt);
	forgetAttempt();
	expect(keptAttempt(1_000)).toBeNull();
});
