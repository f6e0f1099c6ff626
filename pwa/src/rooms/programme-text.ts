// A programme as people have it: pasted from a table, or a file of comma-separated values. Each line becomes a session, or
// says why it cannot. Pure; nothing is added here.
import { span, wallClock } from "./wall-clock";

export interface SessionText {
	readonly title: string;
	readonly room: string | null;
	/** RFC 3339. */
	readonly startsAt: string;
	readonly endsAt: string;
	readonly capacity: number | null;
}

export interface Line {
	/** Its number in the text, from 1. */
	readonly number: number;
	readonly text: string;
	readonly session: SessionText | null;
	/** What to mend; null for a line that is well. */
	readonly fault: string | null;
}

type Column = "title" | "room" | "day" | "start" | "end" | "capacity";

/** Headings by which a column is known, in English and German. */
const HEADINGS: Readonly<Record<Column, RegExp>> = {
	title: /^(title|session|talk|name|titel|vortrag|sitzung)$/i,
	room: /^(room|place|location|hall|where|raum|saal|ort)$/i,
	day: /^(day|date|tag|datum)$/i,
	start: /^(start|starts|from|begin|begins|start time|beginn|von)$/i,
	end: /^(end|ends|until|to|end time|ende|bis)$/i,
	capacity: /^(capacity|places|seats|size|plätze|kapazität)$/i,
};
/** The order of a text without headings. */
const USUAL: readonly Column[] = ["title", "room", "start", "end", "capacity"];
const TIME = /^(?:(\d{4}-\d{2}-\d{2})[T ]+)?(\d{1,2})[:.h](\d{2})(?::\d{2})?\s*(am|pm)?$/i;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A file's text. Spreadsheets save as UTF-8, as UTF-16, or as Windows did before both. */
export function textOf(bytes: Uint8Array): string {
	const [first, second] = bytes;
	if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
	if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
	try {
		return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
	} catch {
		return new TextDecoder("windows-1252").decode(bytes);
	}
}

/** The lines of the text, empty ones and the headings left out. A line without a day is on the first of `days`. */
export function readProgramme(text: string, days: readonly string[], timezone: string): Line[] {
	const rows = rowsOf(text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n"));
	const headings = rows[0] && columnsOf(rows[0].cells);
	const columns = headings ?? USUAL;
	return (headings ? rows.slice(1) : rows).map(({ number, text, cells }) => {
		const read = readRow(cells, columns, days, timezone);
		return typeof read === "string"
			? { number, text, session: null, fault: read }
			: { number, text, session: read, fault: null };
	});
}

/** The columns that a first line names; null where it is a session already. */
function columnsOf(cells: readonly string[]): (Column | null)[] | null {
	const names = Object.entries(HEADINGS) as [Column, RegExp][];
	const found = cells.map((cell) => names.find(([, pattern]) => pattern.test(cell))?.[0] ?? null);
	return found.includes("title") && found.includes("start") ? found : null;
}

function readRow(
	cells: readonly string[],
	columns: readonly (Column | null)[],
	days: readonly string[],
	timezone: string,
): SessionText | string {
	const cell = (column: Column) => cells[columns.indexOf(column)] ?? "";
	if (cell("title") === "") return "It has no title.";
	const from = readTime(cell("start"));
	if (from === null) return "Its start is no time, such as 10:30.";
	const until = readTime(cell("end"));
	if (until === null) return "Its end is no time, such as 11:15.";
	const day = from.day ?? (cell("day") || (days[0] ?? ""));
	if (!DAY.test(day)) return "Its day is not written as year-month-day, such as 2027-04-22.";
	if (!days.includes(day)) return "Its day is none of the event’s.";
	const capacity = cell("capacity") === "" ? null : Number(cell("capacity"));
	if (capacity !== null && !(Number.isInteger(capacity) && capacity > 0)) return "Its places are no number.";
	const times = span({ day, from: from.time, until: until.time }, timezone);
	if (times === null) return "Its times are none.";
	// A day that is written for the end is meant: it is not moved without a word.
	if (until.day !== null && until.day !== wallClock(times.endsAt, timezone).day)
		return "It ends before it starts, or lasts longer than a day.";
	return { title: cell("title"), room: cell("room") || null, ...times, capacity };
}

/** A time as HH:MM, with its day where it tells one. */
function readTime(text: string): { readonly day: string | null; readonly time: string } | null {
	const [, day, hours, minutes, half] = TIME.exec(text) ?? [];
	if (hours === undefined || minutes === undefined) return null;
	const hour = (half ? Number(hours) % 12 : Number(hours)) + (/pm/i.test(half ?? "") ? 12 : 0);
	if (hour > 23 || Number(minutes) > 59) return null;
	return { day: day ?? null, time: `${String(hour).padStart(2, "0")}:${minutes}` };
}

interface Row {
	readonly number: number;
	readonly text: string;
	readonly cells: readonly string[];
}

/** A line that holds a session has a title, a start and an end. */
const FEWEST_CELLS = 3;

/** The rows of the text by the mark that makes most lines a session's: a title may well hold one of the others. */
function rowsOf(text: string): Row[] {
	const [best = []] = ["\t", ";", ","]
		.map((mark) => rowsBy(mark, text))
		.sort((one, other) => fitting(other) - fitting(one));
	return best;
}

const fitting = (rows: readonly Row[]): number => rows.filter(({ cells }) => cells.length >= FEWEST_CELLS).length;

/** The rows that are not empty. Quotes around a whole cell hold it together, also over the end of a line; others are text. */
function rowsBy(mark: string, text: string): Row[] {
	const quoted = new RegExp(`[ ]*"((?:[^"]|"")*)"[^\\S\\n${mark}]*(?=[\\n${mark}]|$)`, "y");
	const plain = new RegExp(`[^\\n${mark}]*`, "y");
	const rows: Row[] = [];
	let at = 0;
	let number = 1;
	while (at <= text.length) {
		const began = at;
		const cells: string[] = [];
		do {
			if (cells.length > 0) at += 1;
			quoted.lastIndex = at;
			plain.lastIndex = at;
			const [all = "", inside] = quoted.exec(text) ?? plain.exec(text) ?? [];
			at += all.length;
			cells.push((inside?.replaceAll('""', '"') ?? all).replace(/\s+/g, " ").trim());
		} while (text[at] === mark);
		const raw = text.slice(began, at);
		if (raw.trim() !== "") rows.push({ number, text: raw.trim(), cells });
		number += raw.split("\n").length;
		at += 1;
	}
	return rows;
}
