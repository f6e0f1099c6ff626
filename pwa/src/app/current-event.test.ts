import { describe, expect, test } from "vitest";
import { opensWith } from "./current-event.svelte";

const HOUR = 60 * 60 * 1000;
const NOW = Date.parse("2026-04-22T10:00:00Z");

type State = "REGISTERED" | "CANCELLED";

/** A registration at an event that runs from and to so many hours from now. */
const at = (id: string, from: number, to: number, state: State = "REGISTERED") => ({
	id,
	state,
	event: { startsAt: new Date(NOW + from * HOUR).toISOString(), endsAt: new Date(NOW + to * HOUR).toISOString() },
});

const opened = (...registrations: ReturnType<typeof at>[]) => opensWith(registrations, NOW, null)?.id;

describe("the event the app opens with", () => {
	test("is the one under way", () => {
		expect(opened(at("next", 48, 50), at("now", -2, 2), at("past", -90, -80))).toBe("now");
	});

	test("is one that ended this afternoon, while its evening lasts", () => {
		expect(opened(at("next", 48, 50), at("today", -9, -2))).toBe("today");
	});

	test("is the next when none is under way", () => {
		expect(opened(at("later", 200, 210), at("next", 48, 50), at("past", -90, -80))).toBe("next");
	});

	test("is the last when all are over", () => {
		expect(opened(at("first", -900, -890), at("last", -90, -80))).toBe("last");
	});

	test("is never a cancelled one while there is another", () => {
		expect(opened(at("cancelled", -2, 2, "CANCELLED"), at("past", -90, -80))).toBe("past");
		expect(opened(at("cancelled", -2, 2, "CANCELLED"))).toBe("cancelled");
	});

	test("is the chosen one, as long as it is still mine", () => {
		const registrations = [at("now", -2, 2), at("next", 48, 50)];
		expect(opensWith(registrations, NOW, "next")?.id).toBe("next");
		expect(opensWith(registrations, NOW, "gone")?.id).toBe("now");
	});

	test("is none without a registration", () => {
		expect(opened()).toBeUndefined();
	});
});
