// When the weekly review comes, with a choice that waits to be sent laid over what the server said. Pure.
import type { Person } from "../app/session.svelte";
import type { Waiting } from "../offline/outbox/waiting";

export type Weekday = NonNullable<Person["reviewWeekday"]>;

export const DAYS: readonly { readonly weekday: Weekday; readonly name: string }[] = [
	{ weekday: "MONDAY", name: "Mondays" },
	{ weekday: "TUESDAY", name: "Tuesdays" },
	{ weekday: "WEDNESDAY", name: "Wednesdays" },
	{ weekday: "THURSDAY", name: "Thursdays" },
	{ weekday: "FRIDAY", name: "Fridays" },
	{ weekday: "SATURDAY", name: "Saturdays" },
	{ weekday: "SUNDAY", name: "Sundays" },
];

interface Hour {
	/** Null for no review. */
	readonly weekday: Weekday | null;
	/** Such as 16:00. */
	readonly at: string;
}

export function reviewHour(me: Pick<Person, "reviewWeekday" | "reviewAt">, waiting: readonly Waiting[]): Hour {
	return waiting.reduce<Hour>(
		(hour, item) =>
			item.operation === "SetReviewTime"
				? { weekday: item.variables.weekday ?? null, at: item.variables.at ?? hour.at }
				: hour,
		{ weekday: me.reviewWeekday, at: me.reviewAt },
	);
}

/** Whether I asked that nobody is reminded of me. */
export function isQuiet(me: Pick<Person, "quiet">, waiting: readonly Waiting[]): boolean {
	return waiting.reduce((quiet, item) => (item.operation === "SetQuiet" ? item.variables.quiet : quiet), me.quiet);
}
