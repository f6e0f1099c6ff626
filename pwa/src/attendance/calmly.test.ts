import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Calmly } from "./calmly";

let reads: number;
let answer: (isRead: boolean) => void;
let calmly: Calmly;

beforeEach(() => {
	vi.useFakeTimers();
	reads = 0;
	calmly = new Calmly(() => {
		reads += 1;
		return new Promise((resolve) => (answer = resolve));
	});
});
afterEach(() => {
	calmly.close();
	vi.useRealTimers();
});
const later = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

test("what moves while it is read is read as well, and not at the same time", async () => {
	calmly.moved();
	calmly.moved();
	await later(1_000);
	calmly.moved();
	await later(5_000);
	expect(reads).toBe(1);
	answer(true);
	await later(1_000);
	expect(reads).toBe(2);
	answer(true);
	await later(60_000);
	expect(reads).toBe(2);
});

test("what could not be read is tried again after a while, until nobody looks", async () => {
	calmly.moved();
	await later(1_000);
	answer(false);
	await later(10_000);
	expect(reads).toBe(2);
	calmly.close();
	answer(false);
	calmly.moved();
	await later(60_000);
	expect(reads).toBe(2);
});
