import { expect, test } from "vitest";
import { byDay, countsFile, countsInWords, hours, isOver, refusedInWords, type Session } from "./wording";

const session = (changes: Partial<Session>): Session => ({
	id: "s",
	title: "Mending zips",
	room: "Room 2",
	startsAt: "2027-04-22T09:00:00Z",
	endsAt: "2027-04-22T10:30:00Z",
	capacity: null,
	came: 23,
	hereNow: 18,
	hereNowIsKnown: false,
	...changes,
});

test("hours are the event's", () => {
	expect(hours(session({}), "Europe/Lisbon")).toBe("10:00–11:30");
});

test("counts are said with the places, and with who is in the room only where that is known", () => {
	expect(countsInWords(session({}))).toBe("23 came");
	expect(countsInWords(session({ capacity: 30 }))).toBe("23 of 30 came");
	expect(countsInWords(session({ hereNowIsKnown: true }))).toBe("18 in the room, 23 came");
	expect(countsInWords(session({ hereNowIsKnown: true, capacity: 30 }))).toBe("18 of 30 in the room, 23 came");
	expect(isOver(session({ capacity: 17 }))).toBe(true);
	expect(isOver(session({ capacity: 18 }))).toBe(false);
});

test("a session past midnight stands on the day on which it begins", () => {
	const late = session({ startsAt: "2027-04-22T22:30:00Z", endsAt: "2027-04-23T00:30:00Z" });
	expect(byDay([session({}), late], "Europe/Lisbon")).toHaveLength(1);
});

test("of many that were refused the one to mend is named", () => {
	const many = [{ title: "Mending zips" }, { title: "Night" }];
	const problem = { field: "sessions.1.startsAt", message: "Too late." };
	expect(refusedInWords(problem, many)).toBe("“Night”: Too late. None were added.");
	expect(refusedInWords({ field: "sessions", message: "Too many." }, many)).toBe("Too many.");
	expect(refusedInWords({ ...problem, field: "sessions.0.startsAt" }, many.slice(1))).toBe("Too late.");
});

test("no cell of the file is a formula", () => {
	const file = countsFile([session({ title: '=HYPERLINK("x","y")', room: "＋1, left" })], "Europe/Lisbon");
	expect(file.split("\r\n")[1]).toBe(`"'=HYPERLINK(""x"",""y"")","'＋1, left",2027-04-22,10:00,11:30,,23,`);
	const parted = countsFile([session({ title: " =1+1", room: 'Yard;"=1&"; 3 - 4' })], "Europe/Lisbon");
	expect(parted.split("\r\n")[1]).toBe(`' =1+1,"Yard;'""=1&""; 3 - 4",2027-04-22,10:00,11:30,,23,`);
});
