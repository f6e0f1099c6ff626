// Several codes in one picture, in the order in which they are likely meant: the one nearest the middle first.

export interface Point {
	readonly x: number;
	readonly y: number;
}

export interface PlacedCode {
	readonly text: string;
	/** Its four corners, in pixels of the picture. */
	readonly corners: readonly Point[];
}

/** What the codes hold, in order; `width` and `height` are the picture's. */
export function middleFirst(codes: readonly PlacedCode[], width: number, height: number): string[] {
	const distance = ({ corners }: PlacedCode) =>
		Math.hypot(mean(corners.map(({ x }) => x)) - width / 2, mean(corners.map(({ y }) => y)) - height / 2);
	return codes
		.map((code) => ({ code, distance: distance(code) }))
		.sort((one, other) => one.distance - other.distance)
		.map(({ code }) => code.text);
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
