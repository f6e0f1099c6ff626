// What the organizers' screen of doors says. Pure.
import { appLocale, timeOfDay, timeSeenFrom } from "../app/event-time";
import type { DoorLog, EventDoors } from "../graphql/documents.generated";
import type { Data } from "../graphql/trusted";

type Answer = Data<typeof EventDoors>;
export type Door = Answer["doors"][number];
export type Helper = Answer["doorHelpers"][number];
export type Phone = Answer["doorPhones"][number];
export type Conflict = Answer["doorConflicts"][number];
export type LogLine = Data<typeof DoorLog>["doorLog"]["edges"][number]["node"];

/** A pairing code as it is shown. */
export interface ShownCode {
	readonly kind: "DOOR" | "KIOSK" | "ROOM";
	readonly address: string;
	readonly code: string;
	/** RFC 3339. */
	readonly expiresAt: string;
}

/** A code in two halves, as it is read aloud. */
export const inHalves = (code: string): string => `${code.slice(0, code.length / 2)} ${code.slice(code.length / 2)}`;

/** How long a code still works; null when its time is over. */
export function timeLeft(expiresAt: string, now: Date): string | null {
	const minutes = Math.ceil((Date.parse(expiresAt) - now.getTime()) / 60_000);
	if (minutes <= 0) return null;
	return minutes === 1 ? "Works for one more minute." : `Works for ${minutes} more minutes.`;
}

/** Who holds a phone, or what it is. */
export function whoHolds(phone: Phone): string {
	if (phone.kind === "KIOSK") return "Kiosk";
	return phone.helper?.name ?? "Nobody: waits for a PIN";
}

/** Its door, or the session whose room it stands at. */
export const standsAt = ({ door, room }: Phone): string | null => door?.name ?? room?.title ?? null;

/** When a phone was last heard of, and what it had still to send. */
export function lastHeard(phone: Phone, timezone: string, now: Date): string {
	const seen = (instant: string) => timeSeenFrom(now, new Date(instant), timezone, appLocale());
	const at = seen(phone.lastSeenAt);
	if (phone.revokedAt !== null) return `Taken off at ${seen(phone.revokedAt)}.`;
	const waiting = phone.waiting ?? 0;
	return waiting === 0
		? `Last heard of at ${at}.`
		: `Last heard of at ${at}, with ${waiting === 1 ? "one scan" : `${waiting} scans`} still to send.`;
}

/** One scan of a conflict: door, helper, time. */
export function scanInWords(scan: Conflict["scans"][number], timezone: string, now: Date): string {
	const at = timeSeenFrom(now, new Date(scan.scannedAt), timezone, appLocale());
	const by = scan.helper === null ? "" : `, ${scan.helper}`;
	return `${at} at ${scan.door}${by}${scan.offline ? ", without a network" : ""}`;
}

const VERDICTS: Record<LogLine["verdict"], string> = {
	ADMITTED: "Let in",
	ALREADY_IN: "Was in already",
	CANCELLED: "Cancelled",
	NOT_RECOGNISED: "Not recognised",
	NOT_A_TICKET: "A badge, not a ticket",
	WRONG_EVENT: "Of another event",
	CHECKED_OUT: "Out",
	UNDONE: "Undone",
};

/** What a line of the log came to; where the phone had told something else, that too. */
export function lineInWords(line: LogLine): string {
	const said = VERDICTS[line.verdict];
	const told =
		line.shown !== null && line.shown !== line.verdict ? `, told “${VERDICTS[line.shown].toLowerCase()}”` : "";
	return `${said}${told}${line.undone ? ", undone later" : ""}`;
}

/** When a line was scanned, and when it came in where that was later. */
export function timesOf(line: LogLine, timezone: string): string {
	const scanned = timeOfDay(new Date(line.scannedAt), timezone, appLocale());
	const received = timeSeenFrom(new Date(line.scannedAt), new Date(line.receivedAt), timezone, appLocale());
	return scanned === received ? scanned : `${scanned}, came in ${received}`;
}
