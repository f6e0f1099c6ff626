// The one sentence about how the day is going. It never hurries, counts up or praises.

const WORDS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

const inWords = (count: number): string => WORDS[count] ?? String(count);
const people = (count: number): string => (count === 1 ? "one person" : `${inWords(count)} people`);
const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What Today says of the goal; `goal` null where there is none, `met` at this event so far. */
export function goalLine(goal: number | null, met: number): string {
	if (goal === null) {
		return met === 0 ? "No goal today. See who you run into." : `You’ve met ${people(met)}.`;
	}
	if (met === 0) return `You came to meet ${people(goal)}. No hurry.`;
	if (met < goal) return `You came to meet ${people(goal)}. ${capitalized(inWords(met))} so far; no hurry.`;
	const came = goal === 1 ? "the one person" : `the ${people(goal)}`;
	return `You’ve met ${came} you came for. Going home is fine.`;
}
