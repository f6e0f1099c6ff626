import { beforeEach, describe, expect, test, vi } from "vitest";
import { updates } from "./updates.svelte";

beforeEach(() => {
	updates.state = "none";
});

describe("the question about a newer app", () => {
	test("is asked when one is there", () => {
		updates.state = "waiting";
		expect(updates.isOffered).toBe(true);
	});

	test("is never asked while a scan holds it, and comes afterwards", () => {
		const release = updates.hold();
		updates.state = "waiting";
		expect(updates.isOffered).toBe(false);
		release();
		expect(updates.isOffered).toBe(true);
	});

	test("waits for the last of several holds, and letting go twice counts once", () => {
		const first = updates.hold();
		const second = updates.hold();
		updates.state = "waiting";
		first();
		first();
		expect(updates.isOffered).toBe(false);
		second();
		expect(updates.isOffered).toBe(true);
	});

	test("goes away when the person says later", () => {
		updates.state = "waiting";
		updates.later();
		expect(updates.isOffered).toBe(false);
	});

	test("is not asked because a file did not come, which may be the network", async () => {
		const update = vi.fn().mockRejectedValue(new TypeError("no network"));
		vi.stubGlobal("navigator", { serviceWorker: { getRegistration: async () => ({ update }) } });
		await updates.wonder();
		expect(update).toHaveBeenCalled();
		expect(updates.isOffered).toBe(false);
	});
});
