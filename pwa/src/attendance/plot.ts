// Draws lines over a ground with uPlot, in the colours of the page. Loaded only when somebody looks at attendance.
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";

export interface Line {
	/** The names of the page's colours for the line and for the ground beneath it. */
	readonly colour: "--accent" | "--warm" | "--ink-soft";
	readonly fill?: "--accent-soft";
	readonly isDashed?: boolean;
}

export interface Plot {
	/** Places, then one row of heights for each line. */
	readonly setPoints: (points: number[][]) => void;
	/** Reads the page's colours anew and draws again. */
	readonly recolour: () => void;
	readonly resize: (width: number) => void;
	readonly close: () => void;
}

interface Wanted {
	readonly into: HTMLElement;
	readonly points: number[][];
	readonly lines: readonly Line[];
	/** What stands beneath a place. */
	readonly label: (place: number) => string;
	/** Steps between marks, where places are no instants. */
	readonly steps: readonly number[] | undefined;
	/** Places are seconds since 1970, marked by the clocks there, where no steps are given. */
	readonly timezone: string;
	/** Hears which point is under the pointer, from 0; null when none is. */
	readonly onpoint: (index: number | null) => void;
}

const HEIGHT = 232;
/** Whole people on the scale, in steps that read well. */
const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000];

export function drawPlot({ into, points, lines, label, steps, timezone, onpoint }: Wanted): Plot {
	const colour = (name: string) => getComputedStyle(into).getPropertyValue(name).trim();
	const font = () => `13px ${colour("--ui")}`;

	const build = (data: uPlot.AlignedData, width: number) =>
		new uPlot(
			{
				width,
				height: HEIGHT,
				// At its side there is room for half of an hour's name.
				padding: [8, 20, 0, 0],
				tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), timezone),
				legend: { show: false },
				cursor: { y: false, drag: { setScale: false, x: false }, points: { size: 9, width: 2 } },
				scales: {
					x: { time: steps === undefined },
					y: { range: (_plot, _low, high) => [0, Math.max(4, high * 1.08)] },
				},
				axes: [
					{
						stroke: colour("--ink-soft"),
						font: font(),
						grid: { show: false },
						ticks: { show: false },
						space: 72,
						size: 28,
						...(steps && { incrs: [...steps] }),
						values: (_plot, splits) => splits.map(label),
					},
					{
						stroke: colour("--ink-soft"),
						font: font(),
						grid: { stroke: colour("--hair"), width: 1 },
						ticks: { show: false },
						border: { show: false },
						incrs: STEPS,
						space: 56,
						size: 36,
					},
				],
				series: [
					{},
					...lines.map((line) => ({
						stroke: colour(line.colour),
						width: line.fill ? 3 : 2,
						...(line.fill && { fill: colour(line.fill) }),
						...(line.isDashed && { dash: [6, 5] }),
						points: { show: false },
						...(uPlot.paths.spline && { paths: uPlot.paths.spline() }),
					})),
				],
				hooks: { setCursor: [(plot) => onpoint(plot.cursor.idx ?? null)] },
			},
			data,
			into,
		);

	let plot = build(points as unknown as uPlot.AlignedData, into.clientWidth);
	return {
		setPoints: (data) => plot.setData(data as unknown as uPlot.AlignedData),
		recolour() {
			const data = plot.data;
			plot.destroy();
			plot = build(data, into.clientWidth);
		},
		resize: (width) => plot.setSize({ width, height: HEIGHT }),
		close: () => plot.destroy(),
	};
}
