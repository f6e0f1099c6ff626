import { expect, test } from "vitest";
import { asOf, type Figures, sentencesOf, sumsOf, ticketLines } from "./wording";

const figures: Figures = {
	day: "2027-04-22",
	days: ["2027-04-22"],
	expected: 1_000,
	hereNow: 300,
	hereNowIsKnown: true,
	came: 880,
	noShows: 150,
	noShowsAreFinal: true,
	walkIns: 30,
	peak: { people: 612, at: "2027-04-22T10:45:00Z" },
	typicalStay: { minutes: 190, people: 640 },
	whoCameIsKept: true,
	arrivals: [],
	doors: [],
	ticketTypes: [],
	lastEdition: {
		title: "Repair Summit 2026",
		day: "2026-04-23",
		expected: 900,
		came: 800,
		cameByThen: null,
		walkIns: 12,
		noShows: 112,
	},
};

test("the sums of a day that is over", () => {
	const told = sumsOf(figures, "Europe/Lisbon", "en-GB");
	expect(told.map(({ label, figure, note }) => [label, figure, note])).toEqual([
		["Expected", "1,000", null],
		["Came", "880", "30 of them walk-ins"],
		["No-shows", "150", "15 % of those expected"],
		["Most at once", "612", "at 11:45"],
	]);
});

test("the page says in words what the figures do and do not say", () => {
	const [stay, last] = sentencesOf(figures, "en-GB");
	expect(stay).toBe(
		"Typical stay: 3 h 10 min. Half of the 640 who were scanned out stayed longer. It does not count who left without a scan.",
	);
	expect(last).toBe("Beside Repair Summit 2026 (Thursday 23 April): 80 more than last time: 880 came, and 800 then.");
	const alone = { ...figures, hereNowIsKnown: false, typicalStay: null, lastEdition: null, peak: null };
	expect(sentencesOf(alone, "en-GB")).toEqual([
		"Nobody is scanned out at this event: how long people stayed is not known.",
	]);
});

test("many kinds of tickets become few lines, and no figure is lost", () => {
	const types = Array.from({ length: 12 }, (_, index) => ({
		name: `Kind ${index}`,
		walkIns: false,
		expected: 10,
		came: 5,
		hereNow: 2,
		noShows: 5,
	}));
	const lines = ticketLines(types, 8);
	expect(lines).toHaveLength(8);
	expect(lines.at(-1)).toMatchObject({ name: "5 other kinds", expected: 50, came: 25 });
	expect(ticketLines(types.slice(0, 8), 8)).toHaveLength(8);
});

test("a page says how old it is", () => {
	expect(asOf(new Date("2027-04-22T17:05:00Z"), "Europe/Lisbon", "en-GB")).toBe("Figures as of 22 April 2027, 18:05.");
	expect(asOf(null, "Europe/Lisbon", "en-GB")).toMatch(/last knew/);
});
