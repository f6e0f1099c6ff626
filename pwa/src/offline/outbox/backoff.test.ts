import { describe, expect, test } from "vitest";
import { Backoff } from "./backoff";

const least = () => new Backoff(() => 0);
const most = () => new Backoff(() => 1);

describe("the wait after a failure", () => {
	test("doubles, with chance in it", () => {
		for (const [backoff, share] of [
			[least(), 0.5],
			[most(), 1],
		] as const) {
			const waits = [0, 1, 2, 3].map(() => {
				const at = backoff.until;
				backoff.failed(at);
				return backoff.until - at;
			});
			expect(waits).toEqual([2000, 4000, 8000, 16000].map((wait) => wait * share));
		}
	});

	test("never grows past five minutes", () => {
		const backoff = most();
		for (let tries = 0; tries < 40; tries += 1) backoff.failed(backoff.until);
		const at = backoff.until;
		backoff.failed(at);
		expect(backoff.until - at).toBe(5 * 60_000);
	});

	test("counts several failures at once as one", () => {
		const backoff = most();
		backoff.failed(0);
		backoff.failed(1);
		backoff.failed(2);
		expect(backoff.until).toBe(2000);
	});

	test("is never shorter than the server asked for, and never longer than an hour for its sake", () => {
		const backoff = most();
		backoff.failed(0, 90_000);
		expect(backoff.until).toBe(90_000);
		backoff.failed(90_000, 7 * 24 * 3_600_000);
		expect(backoff.until).toBe(90_000 + 3_600_000);
	});

	test("is over when the person comes back, unless the server asked for it", () => {
		const guessed = most();
		guessed.failed(0);
		guessed.hurry();
		expect(guessed.isDue(1)).toBe(true);
		const asked = most();
		asked.failed(0, 60_000);
		asked.hurry();
		expect(asked.isDue(1)).toBe(false);
	});

	test("begins anew after a success", () => {
		const backoff = most();
		backoff.failed(0);
		backoff.failed(2000);
		backoff.succeeded();
		backoff.failed(10_000);
		expect(backoff.until).toBe(12_000);
	});
});
