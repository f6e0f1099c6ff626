import { expect, test } from "vitest";
import type { Overview, Paper, Sheets } from "./printing.svelte";
import { amount, choices, handsOf, instant, progress } from "./wording";

const paper = { columns: 3, rows: 7 } as Paper;

test("an amount tells badges and pages", () => {
	expect(amount(1, paper)).toBe("1 badge on 1 page");
	expect(amount(22, paper)).toBe("22 badges on 2 pages");
});

test("what was never printed is offered first", () => {
	const overview = { badges: 9, newBadges: 4, newWalkIns: 1 } as Overview;
	expect(choices(overview).map(({ wanted, badges }) => [wanted, badges])).toEqual([
		["NEW", 4],
		["NEW_WALK_INS", 1],
		["ALL", 9],
	]);
});

test("progress tells how many are drawn, or that they wait", () => {
	expect(progress({ state: "MAKING", badges: 412, drawn: 21 } as Sheets)).toBe("21 of 412 badges drawn");
	expect(progress({ state: "WAITING", badges: 1, drawn: 0 } as Sheets)).toBe("1 badge, waiting for their turn");
});

test("a print is told by role, in the event's own time", () => {
	expect(handsOf("HOST")).toBe("the host of the server");
	expect(instant("2027-04-22T22:30:00Z", "Europe/Lisbon", "en-GB")).toBe("22 Apr, 23:30");
});
