// One session as it is being written: texts of fields, made a session when all of them can be read. Pure.
import type { SessionText } from "./programme-text";
import { span, wallClock } from "./wall-clock";
import type { Session } from "./wording";

export interface Written {
	title: string;
	room: string;
	/** YYYY-MM-DD. */
	day: string;
	/** HH:MM. */
	from: string;
	until: string;
	places: string;
}

export const nothingWritten = (day: string): Written => ({ title: "", room: "", day, from: "", until: "", places: "" });

export function writtenOf({ title, room, startsAt, endsAt, capacity }: Session, timezone: string): Written {
	const { day, time } = wallClock(startsAt, timezone);
	const until = wallClock(endsAt, timezone).time;
	return { title, room: room ?? "", day, from: time, until, places: capacity === null ? "" : String(capacity) };
}

/** The session, or what is still missing, as a sentence. */
export function sessionOf(written: Written, timezone: string): SessionText | string {
	const { title, room, places } = written;
	if (title.trim() === "") return "Please give the session a title.";
	const times = span(written, timezone);
	if (times === null) return "Please say from when until when it is.";
	const capacity = places.trim() === "" ? null : Number(places);
	if (capacity !== null && !(Number.isInteger(capacity) && capacity > 0))
		return "Places are a whole number, or nothing.";
	return { title: title.trim(), room: room.trim() || null, ...times, capacity };
}
