import { expect, test } from "vitest";
import { fate, progressInWords, sizeInWords, untilInWords, whatIsIn, whoAndWhen } from "./export-wording";
import type { Export } from "./exporting.svelte";

const file: Export = {
	id: "1",
	key: "k",
	mine: false,
	askedBy: "Mei Tanaka",
	askedAt: "2027-04-22T09:41:00Z",
	contents: "SCANS",
	format: "XLSX",
	on: "2027-04-22",
	state: "READY",
	lines: 100_000,
	written: 48_000,
	size: 1_234_567,
	keptUntil: "2027-04-23T09:41:00Z",
	fetchedAt: null,
};

test("a file is called by what is in it", () => {
	expect(whatIsIn(file, "en-GB")).toBe("Every scan of Thu 22 Apr, Excel");
	expect(whatIsIn({ ...file, contents: "PEOPLE", format: "CSV", on: null }, "en-GB")).toBe("People, CSV");
});

test("its size is told as people tell sizes", () => {
	expect([1_234_567, 12_345, 10].map((each) => sizeInWords(each, "en-GB"))).toEqual(["1.2 MB", "12 kB", "1 kB"]);
});

test("how far it is, is told in lines", () => {
	expect(progressInWords({ ...file, state: "MAKING" }, "en-GB")).toBe("48,000 of 100,000 lines");
	expect(progressInWords({ ...file, state: "WAITING" }, "en-GB")).toBe("Waiting for its turn");
});

test("the log says who, when, and what became of it", () => {
	expect(whoAndWhen(file, "Europe/Lisbon", "en-GB")).toBe("Mei Tanaka, 22 Apr, 10:41");
	expect(whoAndWhen({ ...file, mine: true }, "Europe/Lisbon", "en-GB")).toMatch(/^You, /);
	expect(whoAndWhen({ ...file, askedBy: null }, "Europe/Lisbon", "en-GB")).toMatch(/^Somebody whose account is gone/);
	expect(fate(file)).toBe("not saved by anybody");
	expect(fate({ ...file, fetchedAt: file.askedAt })).toBe("saved");
	expect(fate({ ...file, state: "FAILED" })).toBe("not made");
});

test("when it is deleted is said by the day on which that is read", () => {
	const readAt = (now: string) => untilInWords(file, new Date(now), "Europe/Lisbon", "en-GB");
	expect(readAt("2027-04-22T10:00:00Z")).toBe("tomorrow at 10:41");
	expect(readAt("2027-04-23T07:00:00Z")).toBe("today at 10:41");
});
