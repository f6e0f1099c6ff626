// What is said of a whole room: each figure with one sentence on what it does not say.
import { dateInWords, timeOfDay } from "../app/event-time";
import type { Connectedness } from "../graphql/documents.generated";
import type { Data } from "../graphql/trusted";

export type Figures = NonNullable<Data<typeof Connectedness>["connectedness"]>;

export interface Told {
	readonly label: string;
	readonly figure: string;
	readonly doesNotSay: string;
}

/** The three figures in words; none where they are not told. */
export function toldOf(figures: Figures, locale: string): readonly Told[] {
	const { peopleWhoMetSomeone, medianPeopleMet, peopleWhoMetNobody } = figures;
	if (peopleWhoMetSomeone === null || medianPeopleMet === null || peopleWhoMetNobody === null) return [];
	const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
	return [
		{
			label: "Met somebody",
			figure: number.format(peopleWhoMetSomeone),
			doesNotSay: "They scanned a badge, or theirs was scanned. Whom they met, and what they said, is theirs.",
		},
		{
			label: "People each met, in the middle",
			figure: number.format(medianPeopleMet),
			doesNotSay: "Half of those met as many or more. It does not say that more is better: one good talk is plenty.",
		},
		{
			label: "Met nobody",
			figure: number.format(peopleWhoMetNobody),
			doesNotSay: "They came, and no badge was scanned. They may have talked all day, or come to listen.",
		},
	];
}

/** Why there is nothing to see yet, or at all. */
export function whyNothing(figures: Figures, timezone: string, locale: string): string {
	if (figures.workedOutAt !== null) {
		return "Too few people met somebody, or too few met nobody: with fewer than five on either side the figures would tell on somebody. So none is told.";
	}
	const ready = new Date(figures.readyAt);
	return `They come a day after the end: ${dateInWords(ready, timezone, locale)}, ${timeOfDay(ready, timezone, locale)}.`;
}
