// @vitest-environment node
import { describe, expect, test } from "vitest";
import type { Look } from "../offline/doors/looks.svelte";
import { conflictInWords } from "./conflict-words";
import { lookInWords } from "./looking";
import { codeInFragment, codeInView, codeTyped } from "./pairing-code";
import { kioskListInWords, listInWords, markInWords, stateInWords, waitingInWords } from "./waiting-words";

const ZONE = "Europe/Lisbon";
const NOW = new Date("2026-04-22T09:00:00Z");

describe("a door says", () => {
	test("in two words how it stands", () => {
		expect(stateInWords(0, false)).toBe("All sent");
		expect(stateInWords(3, false)).toBe("3 waiting");
		expect(stateInWords(3, true)).toBe("Offline · 3 waiting");
		expect(stateInWords(0, true)).toBe("Offline");
	});

	test("that it has no list yet, so that nobody walks out of the network with “All sent”", () => {
		expect(stateInWords(0, false, false)).toBe("No list yet");
		expect(stateInWords(3, true, false)).toBe("Offline · No list yet · 3 waiting");
	});

	test("beside a verdict who judged it, and nothing where all is well", () => {
		expect(markInWords(0, false, false)).toBe("");
		expect(markInWords(3, true, true)).toBe("Judged here · 3 waiting");
		expect(markInWords(3, true, false)).toBe("Offline · 3 waiting");
	});

	test("in a sentence what waits, and whether it is safe", () => {
		expect(waitingInWords(1, true)).toMatch(/^1 scan waits to be sent. It is safe/);
		expect(waitingInWords(2, false)).toMatch(/leave the page open/);
	});

	test("how fresh its list is", () => {
		const checkedAt = Date.parse("2026-04-22T08:12:00Z");
		expect(listInWords(1204, checkedAt, ZONE, "en-GB", NOW)).toBe(
			"1,204 names are on this phone’s list, sealed, as of 09:12.",
		);
		const nextDay = new Date("2026-04-23T06:00:00Z");
		expect(listInWords(1204, checkedAt, ZONE, "en-GB", nextDay)).toMatch(/as of Wed 09:12\.$/);
		expect(listInWords(0, null, ZONE, "en-GB", NOW)).toMatch(/^No list of names/);
		expect(kioskListInWords(checkedAt, ZONE, "en-GB", NOW)).toMatch(/^The list, without names, .* as of \d/);
		expect(kioskListInWords(null, ZONE, "en-GB", NOW)).toMatch(/^No list is/);
	});
});

const differs = (told: "ADMITTED" | "NOT_RECOGNISED", came: string): Look => ({
	kind: "differs",
	key: "k",
	name: "Ana Duarte",
	direction: "IN",
	scannedAt: "2026-04-22T08:12:00Z",
	told,
	came,
	firstInAt: "2026-04-22T08:02:00Z",
	door: "Garden gate",
});

describe("something to look at", () => {
	test("says what was told, what holds, and what can be done, and accuses nobody", () => {
		const twice = lookInWords(differs("ADMITTED", "ALREADY_IN"), ZONE, "en-GB", NOW);
		expect(twice.what).toMatch(/let in. They had been let in before, 09:02 at Garden gate\.$/);
		expect(twice.todo).toMatch(/^Often it is one person/);
		expect(lookInWords(differs("NOT_RECOGNISED", "ADMITTED"), ZONE, "en-GB", NOW).todo).toMatch(/they can go in/);
		expect(lookInWords(differs("ADMITTED", "CANCELLED"), ZONE, "en-GB", NOW).what).toMatch(/had been cancelled/);
	});

	test("that the server did not take has its reason", () => {
		const problem = { name: "EventFull", message: "Every place is taken." } as const;
		const at = "2026-04-22T08:12:00Z";
		const full = lookInWords(
			{ kind: "not-taken", key: "k", what: "walk-in", name: "Ana", at, problem },
			ZONE,
			"en-GB",
			NOW,
		);
		expect(full.what).toMatch(/^Let in 09:12 without a ticket\..*Every place is taken\.$/);
	});

	test("at two doors has both, with who stood there", () => {
		const scan = { helper: "Ines", offline: true, scannedAt: "2026-04-22T08:12:00Z", door: "Main door" };
		const conflict = {
			id: "c",
			name: "Ana",
			scans: [scan, { ...scan, helper: null, offline: false, door: "Garden gate" }],
		};
		expect(conflictInWords(conflict, ZONE, "en-GB", NOW).scans).toEqual([
			"09:12 at Main door, Ines, without a connection",
			"09:12 at Garden gate",
		]);
		const nextDay = new Date("2026-04-23T09:00:00Z");
		expect(conflictInWords(conflict, ZONE, "en-GB", nextDay).scans[1]).toBe("Wed 09:12 at Garden gate");
	});
});

describe("a pairing code", () => {
	const known = { code: "ABCD2345", kind: null };

	test("says what it makes of a phone, where its address does", () => {
		const address = "https://meet.example/pair#ABCD2345&kind=KIOSK";
		expect(codeInView(address, "meet.example")).toEqual({ code: "ABCD2345", kind: "KIOSK" });
		expect(codeInFragment(new URLSearchParams("ABCD2345&kind=other"))).toEqual(known);
		expect(codeInFragment(new URLSearchParams(""))).toBeNull();
	});

	test("is taken from our own address alone", () => {
		expect(codeInView("https://meet.example/pair#ABCD2345", "meet.example")).toEqual(known);
		expect(codeInView("https://elsewhere.example/pair#ABCD2345", "meet.example")).toBeNull();
		expect(codeInView("https://meet.example/B/ABCD2345", "meet.example")).toBeNull();
		expect(codeInView("ABCD2345", "meet.example")).toBeNull();
	});

	test("may be typed with spaces and hyphens", () => {
		expect(codeTyped(" abcd-2345 ", "meet.example")).toEqual({ code: "abcd2345", kind: null });
		expect(codeTyped(" - ", "meet.example")).toBeNull();
	});
});
