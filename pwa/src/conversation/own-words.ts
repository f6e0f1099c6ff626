// What I wrote about somebody, as one list shows it: each line with what it is, and whether there is something to do.
import { appLocale } from "../app/event-time";
import { dayInWords } from "./due-day";
import { nameOfKind } from "./promise-kinds";

export interface Line {
	readonly id: string;
	readonly about: string;
	readonly text: string;
	/** A promise that is still open, by the name under which it is kept. */
	readonly promise?: string;
}

interface Promised {
	readonly key: string;
	readonly kind: Parameters<typeof nameOfKind>[0];
	readonly text: string;
	readonly dueOn: string | null;
	readonly keptAt: string | null;
}

/** `openAs` names it while it can be marked as kept; null where it cannot. */
export function promiseLine({ key, kind, text, dueOn, keptAt }: Promised, openAs: string | null): Line {
	const state = keptAt !== null ? "kept" : dueOn && `by ${dayInWords(dueOn, appLocale())}`;
	const about = [`You promised · ${nameOfKind(kind).toLowerCase()}`, state].filter(Boolean).join(" · ");
	return { id: key, about, text, ...(keptAt === null && openAs !== null ? { promise: openAs } : {}) };
}

export function noteLine({ key, kind, text }: { key: string; kind: "NOTE" | "NEED"; text: string }): Line {
	return { id: key, about: kind === "NEED" ? "They need" : "Note", text };
}
