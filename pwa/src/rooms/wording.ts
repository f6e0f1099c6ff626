// What is said of sessions and their counts, and the file that they leave as. Pure.
import type { RoomSessions } from "../graphql/documents.generated";
import type { Problem } from "../graphql/outcome";
import type { Data } from "../graphql/trusted";
import { wallClock } from "./wall-clock";

export type Session = Data<typeof RoomSessions>["roomSessions"][number];

/** "10:00–11:30", by the event's clocks. */
export const hours = ({ startsAt, endsAt }: Pick<Session, "startsAt" | "endsAt">, timezone: string): string =>
	`${wallClock(startsAt, timezone).time}–${wallClock(endsAt, timezone).time}`;

/** "23 of 30 came", and who is in the room where that is known. */
export function countsInWords({ came, hereNow, hereNowIsKnown, capacity }: Session): string {
	const inRoom = hereNowIsKnown ? `${hereNow}${capacity === null ? "" : ` of ${capacity}`} in the room` : null;
	const all = `${came}${capacity === null || inRoom !== null ? "" : ` of ${capacity}`} came`;
	return inRoom === null ? all : `${inRoom}, ${all}`;
}

/** More people than the room takes. */
export const isOver = ({ hereNow, capacity }: Session): boolean => capacity !== null && hereNow > capacity;

/** Why none of these was added, with the one that is to be mended where there are several. */
export function refusedInWords(
	{ field, message }: Pick<Problem, "field" | "message">,
	sessions: readonly { readonly title: string }[],
): string {
	const named = sessions[Number(/^sessions\.(\d+)\./.exec(field ?? "")?.[1] ?? Number.NaN)];
	return named === undefined || sessions.length === 1 ? message : `“${named.title}”: ${message} None were added.`;
}

/** Sessions by the day on which they begin, in order. */
export function byDay(sessions: readonly Session[], timezone: string): (readonly [string, readonly Session[]])[] {
	const days = new Map<string, Session[]>();
	for (const session of sessions) {
		const { day } = wallClock(session.startsAt, timezone);
		days.set(day, [...(days.get(day) ?? []), session]);
	}
	return [...days];
}

/** The counts as comma-separated values, which spreadsheets open. A text that a spreadsheet would take for a formula gets an
 * apostrophe before it. */
export function countsFile(sessions: readonly Session[], timezone: string): string {
	const rows = sessions.map((session) => {
		const { title, room, startsAt, endsAt, capacity, came, hereNow, hereNowIsKnown } = session;
		const [from, until] = [wallClock(startsAt, timezone), wallClock(endsAt, timezone)];
		return [title, room ?? "", from.day, from.time, until.time, capacity ?? "", came, hereNowIsKnown ? hereNow : ""];
	});
	const headings = ["Title", "Room", "Date", "Start", "End", "Places", "Came", "In the room"];
	return `\uFEFF${[headings, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

function cell(value: string | number): string {
	if (typeof value === "number") return String(value);
	// Many countries' spreadsheets begin a new cell behind a semicolon, whatever our quotes say.
	const safe = value.replace(/(^|;)(?=[\s"\p{Cf}]*[=+\-@＝＋－＠﹢﹣﹦﹫])|^(?=[\t\r])/gu, "$1'");
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
