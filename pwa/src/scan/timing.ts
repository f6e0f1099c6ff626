// Marks on the browser's own timeline, so that a bench can measure a scan: the frame that held the badge, the looking into
// the vault, and the first prompt painted. They hold times and nothing else.

export const FRAME = "handsel:frame";
export const PROMPT = "handsel:prompt";
export const SCAN_TO_PROMPT = "handsel:scan-to-prompt";
export const OPENING = "handsel:opening";

/** What comes now is not from the camera: nothing is measured. */
export function forgetFrame(): void {
	performance.clearMarks(FRAME);
}

/** The frame taken at `at` (`performance.now()`) held a badge. */
export function markFrame(at: number): void {
	forgetFrame();
	performance.mark(FRAME, { startTime: at });
}

/** Call when the prompt is in the page: once it has been painted, the time since its frame is measured. */
export function markPrompt(): void {
	if (performance.getEntriesByName(FRAME).length === 0) return;
	// The next frame's callback runs before it is painted; the task after that runs afterwards.
	requestAnimationFrame(() =>
		setTimeout(() => {
			if (performance.getEntriesByName(FRAME).length === 0) return;
			performance.mark(PROMPT);
			performance.measure(SCAN_TO_PROMPT, FRAME, PROMPT);
			performance.clearMarks(FRAME);
		}),
	);
}

/** Measures how long the phone looks for a badge in what it has. */
export async function measureOpening<T>(looking: Promise<T>): Promise<T> {
	const start = performance.now();
	const found = await looking;
	performance.measure(OPENING, { start });
	return found;
}
