import { describe, expect, test } from "vitest";
import { readProgramme, textOf } from "./programme-text";

const DAYS = ["2027-04-22", "2027-04-23"];
const read = (text: string) => readProgramme(text, DAYS, "Europe/Lisbon");

describe("a programme", () => {
	test("is read from a table that was copied", () => {
		expect(read("Mending zips\tRoom 2\t10:00\t11:00\t20")[0]?.session).toEqual({
			title: "Mending zips",
			room: "Room 2",
			startsAt: "2027-04-22T09:00:00Z",
			endsAt: "2027-04-22T10:00:00Z",
			capacity: 20,
		});
	});

	test("is read from a file with headings in any order, and quotes", () => {
		const [first, second] = read(
			'Start,End,Title,Date,Seats\r\n9:15 am,1:00 PM,"Salt, wood and ""glue""",2027-04-23,\r\n\r\n22:00,01.30,Night,2027-04-22,5',
		);
		expect(first?.session).toMatchObject({ title: 'Salt, wood and "glue"', room: null, capacity: null });
		expect(first?.session?.startsAt).toBe("2027-04-23T08:15:00Z");
		expect(first?.session?.endsAt).toBe("2027-04-23T12:00:00Z");
		expect(second?.session?.endsAt).toBe("2027-04-23T00:30:00Z");
	});

	test("knows German headings and a day within the time", () => {
		const [line] = read("Titel;Raum;Beginn;Ende\nNähen;Saal;2027-04-23 10:00;2027-04-23 11:00");
		expect(line?.session).toMatchObject({ room: "Saal", startsAt: "2027-04-23T09:00:00Z" });
	});

	test.each([
		[",Room,10:00,11:00", "no title"],
		["A,Room,soon,11:00", "start is no time"],
		["A,Room,10:00,", "end is no time"],
		["A,Room,2027-05-30 10:00,11:00", "none of the event"],
		["A,Room,10:00,11:00,many", "no number"],
		["A,Room,25:00,26:00", "start is no time"],
	])("says of %s what to mend", (text, fault) => {
		expect(read(text)[0]?.fault).toContain(fault);
	});

	test("is read where every cell stands in quotes, also the empty ones", () => {
		const [line] = read('"Title","Room","Start","End","Places"\n"Mending ""zips""","","10:00","11:00",""');
		expect(line).toMatchObject({ fault: null, session: { title: 'Mending "zips"', room: null, capacity: null } });
	});

	test("is read although a title holds what divides other tables, or a quote", () => {
		const lines = read(
			'Title,Start,End\nSalt; wood; glue,10:00,11:00\n12" records,11:00,12:00\n"Ask, listen",12:00,13:00',
		);
		expect(lines.map(({ session }) => session?.title)).toEqual(["Salt; wood; glue", '12" records', "Ask, listen"]);
	});

	test("is read although a cell of a table goes over two lines", () => {
		const lines = read('"Mending\nzips"\tRoom 2\t10:00\t11:00\nGlue\t\tsoon\t12:00');
		expect(lines.map(({ number, session }) => [number, session?.title])).toEqual([
			[1, "Mending zips"],
			[3, undefined],
		]);
	});

	test.each([
		["2027-04-22 22:00,2027-04-23 01:00", null],
		["2027-04-22 11:00,2027-04-22 10:00", "before it starts"],
		["2027-04-22 10:00,2027-04-23 11:00", "longer than a day"],
	])("moves no end that has a day of its own: %s", (times, fault) => {
		const [line] = read(`A,Room,${times}`);
		if (fault === null) expect(line?.fault).toBeNull();
		else expect(line?.fault).toContain(fault);
	});

	test("counts lines as the text does", () => {
		expect(read("title,start,end\n\nA,10:00,11:00").map(({ number }) => number)).toEqual([3]);
	});
});

test("a file is read in whichever way the spreadsheet saved it", () => {
	const utf16 = Uint8Array.from([0xff, 0xfe, ...[..."Nähen"].flatMap((sign) => [sign.charCodeAt(0), 0])]);
	const windows = Uint8Array.from([..."Nähen"].map((sign) => sign.charCodeAt(0)));
	expect([new TextEncoder().encode("Nähen"), utf16, windows].map(textOf)).toEqual(["Nähen", "Nähen", "Nähen"]);
});
