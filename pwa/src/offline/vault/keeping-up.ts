// When to look for a newer vault: rarely long before the event, every few minutes while it lasts, less and less after
// failures, and not at all once it is over. It asks no clock; every time comes in as milliseconds.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Scans count from twelve hours before the start to twelve after the end. */
const MARGIN = 12 * HOUR;
const NEAR = 7 * 24 * HOUR;
const CLOCK_IS_OFF = 24 * HOUR;

export interface EventTimes {
	readonly startsAt: number;
	readonly endsAt: number;
}

/** After this nothing of the event's vault stays on the phone. */
export const forgetAt = ({ endsAt }: EventTimes): number => endsAt + MARGIN;

/** Whether a badge in view may be opened from the vault: in the hours in which scans count, and a day more on either side,
 * because a phone's clock may be a day off. Before and after that only the server knows better. */
export const isNearEnough = ({ startsAt, endsAt }: EventTimes, now: number): boolean =>
	startsAt - MARGIN - CLOCK_IS_OFF <= now && now <= endsAt + MARGIN + CLOCK_IS_OFF;

/** Milliseconds from one look to the next when nobody asks for one sooner. */
export function pace(times: EventTimes, now: number): number {
	if (now >= times.startsAt - MARGIN) return 3 * MINUTE;
	return now >= times.startsAt - NEAR ? 30 * MINUTE : 6 * HOUR;
}

/** How old a vault may be before opening the app, coming back to it, or finding the network again looks anew. */
export const FRESH = MINUTE;

/** Milliseconds to wait after this many failures in a row; `chance` from 0 to 1 keeps a hall of phones apart. */
export function backOff(failures: number, chance: number): number {
	const most = Math.min(10 * MINUTE, 10_000 * 2 ** Math.max(0, failures - 1));
	return most * (0.5 + chance / 2);
}
