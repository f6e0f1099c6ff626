// Draws the arrivals with uPlot, in the colours of the page. Loaded only when somebody looks at attendance.
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { timeOfDay } from "../app/event-time";

export interface Plot {
	readonly setPoints: (points: [number[], number[]]) => void;
	/** Reads the page's colours anew and draws again. */
	readonly recolour: () => void;
	readonly resize: (width: number) => void;
	readonly close: () => void;
}

interface Wanted {
	readonly into: HTMLElement;
	readonly points: [number[], number[]];
	readonly timezone: string;
	readonly locale: string;
	/** Hears which point is under the pointer, from 0; null when none is. */
	readonly onpoint: (index: number | null) => void;
}

const HEIGHT = 232;
/** Whole people on the scale, in steps that read well. */
const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000];

export function drawPlot({ into, points, timezone, locale, onpoint }: Wanted): Plot {
	const colour = (name: string) => getComputedStyle(into).getPropertyValue(name).trim();
	const font = () => `13px ${colour("--ui")}`;

	const build = (data: [number[], number[]], width: number) =>
		new uPlot(
			{
				width,
				height: HEIGHT,
				padding: [8, 4, 0, 0],
				tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), timezone),
				legend: { show: false },
				cursor: { y: false, drag: { setScale: false, x: false }, points: { size: 9, width: 2 } },
				scales: { y: { range: (_plot, _low, high) => [0, Math.max(4, high * 1.08)] } },
				axes: [
					{
						stroke: colour("--ink-soft"),
						font: font(),
						grid: { show: false },
						ticks: { show: false },
						space: 72,
						size: 28,
						values: (_plot, splits) => splits.map((at) => timeOfDay(new Date(at * 1000), timezone, locale)),
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
					{
						stroke: colour("--accent"),
						width: 3,
						fill: colour("--accent-soft"),
						points: { show: false },
						...(uPlot.paths.spline && { paths: uPlot.paths.spline() }),
					},
				],
				hooks: { setCursor: [(plot) => onpoint(plot.cursor.idx ?? null)] },
			},
			data,
			into,
		);

	let plot = build(points, into.clientWidth);
	return {
		setPoints: (data) => plot.setData(data),
		recolour() {
			const data = plot.data as [number[], number[]];
			plot.destroy();
			plot = build(data, into.clientWidth);
		},
		resize: (width) => plot.setSize({ width, height: HEIGHT }),
		close: () => plot.destroy(),
	};
}
