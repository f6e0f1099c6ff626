// Counts what people call letters: an emoji or an accented letter is one, however many code units it takes.

const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });

export function countGraphemes(text: string): number {
	let count = 0;
	for (const _ of segmenter.segment(text)) count += 1;
	return count;
}

/** The first letter of a name, in capitals; a middle dot where there is no name. */
export function initialOf(name: string): string {
	const [first] = segmenter.segment(name.trim());
	return first ? first.segment.toLocaleUpperCase() : "·";
}
