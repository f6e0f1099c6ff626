// What of the server's words is to be looked at again, and how it is said. Pure.
import { timeSeenFrom } from "../app/event-time";
import type { Look } from "../offline/doors/looks.svelte";
import type { LastWord } from "../offline/doors/queue.svelte";
import type { Thing } from "../offline/doors/things";
import type { CheckedIn } from "./verdict";

/** Something to look at again, or null where the server said what the helper was told. */
export function lookAt(thing: Thing, word: LastWord): Look | null {
	if (word.kind === "refused") {
		const { name, message } = word.problem;
		const at = thing.kind === "scan" ? thing.scannedAt : thing.madeAt;
		return { kind: "not-taken", key: thing.key, what: thing.kind, name: thing.name, at, problem: { name, message } };
	}
	if (thing.kind !== "scan" || !thing.isOwn) return null;
	const { verdict, name, firstInAt, door } = word.data as CheckedIn;
	if (verdict === thing.shown) return null;
	const { key, direction, scannedAt, shown } = thing;
	const since = { firstInAt, door: door?.name ?? null };
	return { kind: "differs", key, name: name ?? thing.name, direction, scannedAt, told: shown, came: verdict, ...since };
}

/** A sentence for what happened, and one for what can be done. */
export interface LookInWords {
	readonly scans?: readonly string[];
	readonly title: string;
	readonly what: string;
	readonly todo: string;
}

export function lookInWords(look: Look, timezone: string, locale: string, now: Date): LookInWords {
	const at = (instant: string) => timeSeenFrom(now, new Date(instant), timezone, locale);
	if (look.kind === "not-taken") {
		const what = {
			scan: `Scanned ${at(look.at)}. The server did not take it: `,
			"walk-in": `Let in ${at(look.at)} without a ticket. The server did not take it: `,
			undo: `Taken back ${at(look.at)}. The server did not do so: `,
		}[look.what];
		return {
			title: look.name ?? "A ticket",
			what: what + look.problem.message,
			todo: look.what === "walk-in" ? "Tell an organizer their name." : "If it matters, find them by name.",
		};
	}
	const { told, came, firstInAt, door } = look;
	const where = firstInAt === null ? "" : `, ${at(firstInAt)}${door === null ? "" : ` at ${door}`}`;
	const title = look.name ?? "A ticket not known here";
	const seen = `Scanned ${at(look.scannedAt)} without a connection`;
	if (told === "ADMITTED" && came === "ALREADY_IN") {
		const what = `${seen} and let in. They had been let in before${where}.`;
		return { title, what, todo: "Often it is one person at two doors. If it was two, tell an organizer." };
	}
	if (came === "ADMITTED") return { title, what: `${seen}. The ticket is good, and they count as in.`, todo: WAITED };
	if (came === "ALREADY_IN")
		return { title, what: `${seen}. The ticket is good, and they were in${where}.`, todo: WAITED };
	const said = told === "ADMITTED" ? `${seen} and let in. ` : `${seen}. `;
	return { title, what: said + (CAME[came] ?? "The server judged it otherwise."), todo: "An organizer can help." };
}

const WAITED = "If they were asked to wait, they can go in.";
const CAME: Readonly<Record<string, string>> = {
	CANCELLED: "The ticket had been cancelled.",
	NOT_RECOGNISED: "The ticket is not known at this event.",
	NOT_A_TICKET: "It was a badge, not a ticket.",
	WRONG_EVENT: "The ticket is for another event of yours.",
	CHECKED_OUT: "They count as gone.",
};
