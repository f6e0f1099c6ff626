// @vitest-environment node
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { aloud, type Judged, shownFor, sizeOf, type Telling, tell } from "./verdict";

const judged = (changes: Partial<Judged>): Judged => ({
	verdict: "ADMITTED",
	name: "Zoë Müller-Ngũgĩ",
	ticketType: "Workshop ticket",
	firstInAt: null,
	door: null,
	badgePrintedAt: null,
	...changes,
});
const TELLING = {
	key: "c",
	isOwn: false,
	printsBadges: false,
	timezone: "Europe/Lisbon",
	locale: "en-GB",
	now: new Date("2026-04-22T12:00:00Z"),
};
const told = (changes: Partial<Judged>, telling: Partial<Telling> = {}) =>
	tell(judged(changes), { ...TELLING, ...telling });
const earlier = { firstInAt: "2026-04-22T08:12:00Z", door: { name: "Garden gate" } };

describe("a verdict", () => {
	test.each([
		["ADMITTED", "go", "check", "Welcome"],
		["CHECKED_OUT", "go", "out", "Goodbye"],
		["ALREADY_IN", "look", "clock", "Already in"],
		["CANCELLED", "stop", "cross", "Cancelled"],
		["NOT_RECOGNISED", "stop", "question", "Not known here"],
		["NOT_A_TICKET", "look", "question", "This is a badge, not a ticket"],
		["WRONG_EVENT", "look", "question", "Another event of yours"],
		["UNDONE", "plain", "back", "Taken back"],
		["UNCHECKED", "look", "waiting", "Kept, not checked yet"],
	] as const)("%s is %s, a %s, and says %s", (verdict, tone, shape, word) => {
		expect(told({ verdict })).toMatchObject({ tone, shape, word });
	});

	test("differs from every other in its word", () => {
		const verdicts = [
			"ADMITTED",
			"CHECKED_OUT",
			"ALREADY_IN",
			"CANCELLED",
			"NOT_RECOGNISED",
			"NOT_A_TICKET",
			"WRONG_EVENT",
			"UNDONE",
			"UNCHECKED",
		] as const;
		expect(new Set(verdicts.map((verdict) => told({ verdict }).word)).size).toBe(verdicts.length);
	});

	test("says since when and where somebody is in, in the event's time", () => {
		expect(told({ verdict: "ALREADY_IN", ...earlier }).word).toBe("Already in, 09:12 at Garden gate");
		expect(told({ verdict: "ALREADY_IN", ...earlier, door: null }).word).toBe("Already in, since 09:12");
	});

	test("names the ticket, or what to do where the ticket is not good", () => {
		expect(told({}).line).toBe("Workshop ticket");
		expect(told({ verdict: "NOT_RECOGNISED", name: null, ticketType: null }).line).toMatch(/find them by name/);
	});

	test("tells of somebody who goes and had not been scanned in", () => {
		expect(told({ verdict: "CHECKED_OUT" }).line).toBe("They had not been scanned in.");
		expect(told({ verdict: "CHECKED_OUT", ...earlier }).line).toBe("Workshop ticket");
	});

	test("can be taken back where it let somebody through, and only there", () => {
		expect(told({}).canUndo).toBe(true);
		expect(told({ verdict: "CHECKED_OUT" }).canUndo).toBe(true);
		for (const verdict of ["ALREADY_IN", "CANCELLED", "UNDONE"] as const) expect(told({ verdict }).canUndo).toBe(false);
	});

	test("is read out in one breath", () => {
		expect(aloud(told({}))).toBe("Welcome. Zoë Müller-Ngũgĩ. Workshop ticket");
		expect(aloud(told({ name: null, ticketType: null }))).toBe("Welcome");
	});

	test("of this phone alone is marked, and does not pretend to know every ticket", () => {
		expect(aloud(told({}, { isOwn: true }))).toMatch(/Judged by this phone$/);
		const unknown = told({ verdict: "NOT_RECOGNISED", name: null, ticketType: null }, { isOwn: true });
		expect(unknown).toMatchObject({ tone: "look", word: "Not on this phone’s list" });
		expect(unknown.line).toMatch(/let them wait a moment/);
	});

	test("says about their badge only where badges are printed, and only on the way in", () => {
		expect(told({}).badge).toBeNull();
		expect(told({}, { printsBadges: true }).badge).toBe("No badge printed yet");
		expect(told({ badgePrintedAt: "2026-04-22T08:02:00Z" }).badge).toBe("Badge printed 09:02");
		expect(told({ badgePrintedAt: "2026-04-20T15:02:00Z" }).badge).toBe("Badge printed Mon 16:02");
		expect(told({ verdict: "CANCELLED" }, { printsBadges: true }).badge).toBeNull();
	});

	test("stands longer when it refuses", () => {
		expect(shownFor(told({}))).toBe(2500);
		expect(shownFor(told({ verdict: "CANCELLED" }))).toBe(3000);
	});
});

test("a name stands as large as it fits", () => {
	expect(sizeOf("Zoë Müller-Ngũgĩ")).toBe("largest");
	expect(sizeOf("李文")).toBe("largest");
	expect(sizeOf("Wilhelmina Featherstonehaugh")).toBe("large");
	expect(sizeOf("Anna Maria Magdalena von Hohenstein zu Rabenau und Falkenberg")).toBe("long");
	expect(sizeOf("Wolfeschlegelsteinhausenberger")).toBe("long");
});

describe("the colours of the door", () => {
	const css = readFileSync(new URL("../ui/tokens.css", import.meta.url), "utf8");
	const schemes = {
		light: css.slice(0, css.indexOf("@media")),
		dark: css.slice(css.indexOf('[data-scheme="dark"]')),
		sunlight: css.slice(css.indexOf('[data-scheme="sunlight"]')),
	};

	const channel = (value: number) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
	const luminance = (hex: string) => {
		const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
			channel(Number.parseInt(hex.slice(at, at + 2), 16) / 255),
		);
		return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
	};
	const colour = (scheme: string, name: string) => new RegExp(`--${name}: (#[0-9a-f]{6})`).exec(scheme)?.[1] ?? "";
	const contrast = (one: string, other: string) => {
		const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
		return (light + 0.05) / (dark + 0.05);
	};

	test.each(["light", "dark", "sunlight"] as const)("have the highest contrast: %s", (scheme) => {
		for (const [ground, mark] of [
			["accent", "on-accent"],
			["warm", "on-warm"],
			["stop", "on-stop"],
			["paper", "ink"],
		] as const) {
			const ratio = contrast(colour(schemes[scheme], ground), colour(schemes[scheme], mark));
			expect(ratio, `${mark} on ${ground}`).toBeGreaterThanOrEqual(7);
		}
	});

	test("are brighter in the sun, with black words that stand out more than anything by day", () => {
		const screen = readFileSync(new URL("./full-screen.svelte", import.meta.url), "utf8");
		const grounds = [...screen.matchAll(/\[data-scheme="sunlight"\]\.\w+ \{\s+--ground: (#[0-9a-f]{6})/g)].map(
			([, ground]) => ground ?? "",
		);
		expect(new Set(grounds).size).toBe(3);
		for (const ground of grounds) expect(contrast(ground, "#000000"), ground).toBeGreaterThanOrEqual(9);
	});
});
