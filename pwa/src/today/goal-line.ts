// The one sentence about how the day is going. It never hurries, praises, or counts past what the person came for; to
// whoever has no goal nothing is counted.

const WORDS = ["no", "one", "two", "three", "four", "five"];

const people = (count: number): string => (count === 1 ? "one person" : `${WORDS[count]} people`);
const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What Today says of the goal, one to five; `goal` null where there is none, `met` at this event so far. */
export function goalLine(goal: number | null, met: number): string {
	if (goal === null) return met === 0 ? "No goal today. See who you run into." : "No goal today, and somebody met.";
	if (met === 0) return `You came to meet ${people(goal)}. No hurry.`;
	if (met < goal) return `You came to meet ${people(goal)}. ${capitalized(WORDS[met] ?? "")} so far; no hurry.`;
	const came = goal === 1 ? "the one person" : `the ${people(goal)}`;
	return `You’ve met ${came} you came for. Going home is fine.`;
}
