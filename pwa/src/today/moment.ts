// Where a person stands in their event: before it, on one of its days, between them, or after it.
import { dateInWords, dayName, daysUntil, greeting, timeOfDay } from "../app/event-time";

interface Times {
	readonly title: string;
	readonly startsAt: string;
	readonly endsAt: string;
	readonly timezone: string;
}

export type Moment = "before" | "during" | "after";

export function momentOf(event: Times, now: Date): Moment {
	if (now.getTime() > Date.parse(event.endsAt)) return "after";
	const isDay = daysUntil(new Date(event.startsAt), now, event.timezone) <= 0;
	return isDay ? "during" : "before";
}

/** The small line above the greeting, such as "Repair Summit · Thursday". */
export function dayLine(event: Times, now: Date, locale: string): string {
	switch (momentOf(event, now)) {
		case "before":
			return `${event.title} · ${dateInWords(new Date(event.startsAt), event.timezone, locale)}`;
		case "during":
			return `${event.title} · ${dayName(now, event.timezone, locale)}`;
		case "after":
			return event.title;
	}
}

/** "Good morning, Ana": in the event's zone while it lasts, in the phone's before and after. */
export function greetingFor(event: Times, name: string, now: Date): string {
	const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
	const zone = momentOf(event, now) === "during" ? event.timezone : here;
	const firstName = name.trim().split(/\s+/)[0];
	return firstName ? `${greeting(now, zone)}, ${firstName}` : greeting(now, zone);
}

/** What stands in for the goal before the first day: when it begins. */
export function countdown(event: Times, now: Date, locale: string): string {
	const starts = new Date(event.startsAt);
	const days = daysUntil(starts, now, event.timezone);
	const time = timeOfDay(starts, event.timezone, locale);
	if (days === 1) return `It begins tomorrow at ${time}.`;
	return `It begins in ${days} days, at ${time}.`;
}
