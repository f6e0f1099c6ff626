// Days, hours and greetings in the event's own zone. Everything takes its instant as an argument; nothing asks the clock.

/** An event's local day begins at this hour: what happens at two in the morning still belongs to the evening before. */
const DAY_BEGINS = 4;

/** The language the app speaks, in the region's own habits of writing dates where the person reads English. */
export const appLocale = (): string => navigator.languages.find((each) => /^en\b/i.test(each)) ?? "en-GB";

function localParts(instant: Date, timezone: string): { date: string; hour: number } {
	const written = new Intl.DateTimeFormat("en-CA", {
		timeZone: timezone,
		year: "numeric",
		month: "2-digit",
		day: "2-digit",
		hour: "2-digit",
		hourCycle: "h23",
	}).formatToParts(instant);
	const part = (type: string) => written.find((each) => each.type === type)?.value ?? "";
	return { date: `${part("year")}-${part("month")}-${part("day")}`, hour: Number(part("hour")) };
}

/** The event's local day (04:00 to 04:00 in its zone) as YYYY-MM-DD. */
export function eventDay(instant: Date, timezone: string): string {
	const { date, hour } = localParts(instant, timezone);
	if (hour >= DAY_BEGINS) return date;
	return new Date(Date.parse(`${date}T12:00:00Z`) - 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
}

/** "Good morning" until noon, "Good afternoon" until six, then "Good evening" until the day ends at four. */
export function greeting(instant: Date, timezone: string): string {
	const { hour } = localParts(instant, timezone);
	if (hour >= DAY_BEGINS && hour < 12) return "Good morning";
	if (hour >= 12 && hour < 18) return "Good afternoon";
	return "Good evening";
}

/** The name of the event's local day, such as "Thursday". */
export function dayName(instant: Date, timezone: string, locale: string): string {
	const day = new Date(`${eventDay(instant, timezone)}T12:00:00Z`);
	return new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" }).format(day);
}

/** A day in words, such as "Thursday 22 April". */
export function dateInWords(instant: Date, timezone: string, locale: string): string {
	return new Intl.DateTimeFormat(locale, {
		weekday: "long",
		day: "numeric",
		month: "long",
		timeZone: timezone,
	}).format(instant);
}

/** The time of day, such as "10:42". */
export function timeOfDay(instant: Date, timezone: string, locale: string): string {
	return new Intl.DateTimeFormat(locale, { timeStyle: "short", timeZone: timezone }).format(instant);
}

/** The time of day, with the day before it where that is not the event's day of `now`: "10:42", "Thu 10:42". */
export function timeSeenFrom(now: Date, instant: Date, timezone: string, locale: string): string {
	const time = timeOfDay(instant, timezone, locale);
	const day = eventDay(instant, timezone);
	if (day === eventDay(now, timezone)) return time;
	const noon = new Date(`${day}T12:00:00Z`);
	return `${new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "UTC" }).format(noon)} ${time}`;
}

/** Calendar days of the zone from now to then: 0 today, 1 tomorrow, negative before. */
export function daysUntil(then: Date, now: Date, timezone: string): number {
	const day = (instant: Date) => Date.parse(`${localParts(instant, timezone).date}T12:00:00Z`);
	return Math.round((day(then) - day(now)) / (24 * 60 * 60 * 1000));
}
