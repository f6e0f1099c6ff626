// What the page of a day says. Pure; it asks no clock.
import { timeOfDay } from "../app/event-time";
import { comparedInWords, stayExplained, stayInWords } from "../attendance/closer-wording";
import { dayInWords, missingLabel, walkInsInWords } from "../attendance/wording";
import type { AttendanceSummary } from "../graphql/documents.generated";
import type { Data } from "../graphql/trusted";

export type Figures = NonNullable<Data<typeof AttendanceSummary>["attendance"]>;

export interface Told {
	readonly label: string;
	readonly figure: string;
	/** What stands beneath it. */
	readonly note: string | null;
}

/** The day's sums, in the order in which they are read. */
export function sumsOf(figures: Figures, timezone: string, locale: string): readonly Told[] {
	const number = new Intl.NumberFormat(locale);
	const told = (label: string, figure: number, note: string | null = null) => ({
		label,
		figure: number.format(figure),
		note,
	});
	const { expected, came, noShows } = figures;
	const share = (part: number) =>
		expected === 0 ? null : `${Math.round((part / expected) * 100)} % of those expected`;
	return [
		told("Expected", expected),
		told("Came", came, walkInsInWords(figures.walkIns)),
		told(missingLabel(figures.noShowsAreFinal), noShows, share(noShows)),
		...(figures.hereNowIsKnown && !figures.noShowsAreFinal ? [told("Here now", figures.hereNow)] : []),
		...(figures.peak === null
			? []
			: [told("Most at once", figures.peak.people, `at ${timeOfDay(new Date(figures.peak.at), timezone, locale)}`)]),
	];
}

/** What is said beneath the figures: how long people stayed, and how it was last time. */
export function sentencesOf(figures: Figures, locale: string): readonly string[] {
	const { typicalStay: stay, lastEdition: last, came, noShowsAreFinal: isFinal } = figures;
	return [
		...(stay === null ? [] : [`Typical stay: ${stayInWords(stay.minutes)}. ${stayExplained(stay.people)}`]),
		...(last === null
			? []
			: [`Beside ${last.title} (${dayInWords(last.day, locale)}): ${comparedInWords({ came, isFinal }, last)}`]),
		...(figures.hereNowIsKnown ? [] : ["Nobody is scanned out at this event: how long people stayed is not known."]),
	];
}

/** How old the page is, for its foot. */
export function asOf(readAt: Date | null, timezone: string, locale: string): string {
	if (readAt === null) return "Figures as this device last knew them.";
	const day = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric", timeZone: timezone });
	return `Figures as of ${day.format(readAt)}, ${timeOfDay(readAt, timezone, locale)}.`;
}

/** The largest kinds of tickets, and the rest in one line, so that the page stays one page. */
export function ticketLines(types: Figures["ticketTypes"], most: number): Figures["ticketTypes"] {
	if (types.length <= most) return types;
	const rest = types.slice(most - 1);
	const sum = (of: (type: (typeof rest)[number]) => number) => rest.reduce((all, each) => all + of(each), 0);
	return [
		...types.slice(0, most - 1),
		{
			name: `${rest.length} other kinds`,
			walkIns: false,
			expected: sum((each) => each.expected),
			came: sum((each) => each.came),
			hereNow: sum((each) => each.hereNow),
			noShows: sum((each) => each.noShows),
		},
	];
}
