// Hours by the clocks of an event's zone, made instants and back. Pure; nothing asks what time it is.

const HALF_A_DAY = 12 * 60 * 60_000;

/** How far the zone's clocks are ahead of UTC at that instant, in milliseconds. */
function ahead(at: number, timezone: string): number {
	const parts = new Intl.DateTimeFormat("en-CA", {
		timeZone: timezone,
		year: "numeric",
		month: "2-digit",
		day: "2-digit",
		hour: "2-digit",
		minute: "2-digit",
		hourCycle: "h23",
	}).formatToParts(at);
	const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
	const shown = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"));
	return shown - Math.floor(at / 60_000) * 60_000;
}

/** When the zone's clocks show that day (YYYY-MM-DD) and time (HH:MM), as RFC 3339; an hour that clocks leave out or show
 * twice is taken as the clocks went before. Null for what is no day or time. */
export function instantAt(day: string, time: string, timezone: string): string | null {
	const shown = Date.parse(`${day}T${time}:00Z`);
	if (Number.isNaN(shown)) return null;
	// As the clocks go half a day before and after: different only about a change.
	const candidates = [shown - ahead(shown - HALF_A_DAY, timezone), shown - ahead(shown + HALF_A_DAY, timezone)];
	const found = candidates.find((at) => at + ahead(at, timezone) === shown) ?? (candidates[0] as number);
	return new Date(found).toISOString().replace(".000Z", "Z");
}

/** The day (YYYY-MM-DD) and time (HH:MM) that the zone's clocks show. */
export function wallClock(instant: string, timezone: string): { readonly day: string; readonly time: string } {
	const at = Date.parse(instant);
	const shown = new Date(at + ahead(at, timezone)).toISOString();
	return { day: shown.slice(0, 10), time: shown.slice(11, 16) };
}

/** The day after it. */
export const nextDay = (day: string): string =>
	new Date(Date.parse(`${day}T12:00:00Z`) + 24 * 60 * 60_000).toISOString().slice(0, 10);

/** The calendar days from one instant to another, by the zone's clocks; at most sixty. */
export function daysBetween(first: string, last: string, timezone: string): string[] {
	const end = wallClock(last, timezone).day;
	const days = [wallClock(first, timezone).day];
	while ((days.at(-1) as string) < end && days.length < 60) days.push(nextDay(days.at(-1) as string));
	return days;
}

/** A session's start and end from what was written: an end that is not after the start is on the next day. Null where one of
 * them is no time. */
export function span(
	{ day, from, until }: { readonly day: string; readonly from: string; readonly until: string },
	timezone: string,
): { readonly startsAt: string; readonly endsAt: string } | null {
	const startsAt = instantAt(day, from, timezone);
	const endsAt = instantAt(until > from ? day : nextDay(day), until, timezone);
	return startsAt === null || endsAt === null ? null : { startsAt, endsAt };
}
