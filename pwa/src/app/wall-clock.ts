// Times as the clock on an event's wall shows them, in the form that a `datetime-local` field takes, and back to instants.

/** How far the zone's clock is ahead of UTC at that instant, in milliseconds. */
function ahead(instant: number, timezone: string): number {
	return Date.parse(`${onTheWall(new Date(instant), timezone)}Z`) - Math.floor(instant / 60_000) * 60_000;
}

/** What the clock of that zone shows, such as "2027-04-22T09:00". */
export function onTheWall(instant: Date, timezone: string): string {
	const written = new Intl.DateTimeFormat("en-CA", {
		timeZone: timezone,
		year: "numeric",
		month: "2-digit",
		day: "2-digit",
		hour: "2-digit",
		minute: "2-digit",
		hourCycle: "h23",
	}).formatToParts(instant);
	const part = (type: string) => written.find((each) => each.type === type)?.value ?? "";
	return `${part("year").padStart(4, "0")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}`;
}

/**
 * The instant at which that zone's clock shows this, RFC 3339; null for what is no such time. Of two the earlier one,
 * and in the hour that a night in spring leaves out the time that would have been.
 */
export function instantAt(wall: string, timezone: string): string | null {
	const asUtc = Date.parse(`${wall}Z`);
	if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(wall) || Number.isNaN(asUtc)) return null;
	const before = asUtc - ahead(asUtc - 86_400_000, timezone);
	const after = asUtc - ahead(before, timezone);
	const shows = (instant: number) => onTheWall(new Date(instant), timezone) === wall;
	const instant = shows(before) || !shows(after) ? before : after;
	return new Date(instant).toISOString().replace(/\.\d+Z$/, "Z");
}
