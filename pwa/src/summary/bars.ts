// A day's arrivals and departures as bars on paper: places in a picture, worked out from the server's buckets. Pure.
import { timeOfDay } from "../app/event-time";

export interface Bucket {
	readonly startsAt: string;
	readonly arrivals: number;
	readonly departures: number;
}

export interface Bar {
	readonly x: number;
	readonly width: number;
	readonly arrivals: number;
	readonly departures: number;
}

export interface Mark {
	readonly at: number;
	readonly label: string;
}

export interface Bars {
	readonly bars: readonly Bar[];
	/** Hours beneath the picture. */
	readonly hours: readonly Mark[];
	/** Numbers of people at its side, upward from the ground. */
	readonly heights: readonly Mark[];
	/** How high the ground for departures is: 0 where nobody is scanned out. */
	readonly ground: number;
}

/** The picture's own measures; it grows to the paper's width. */
export const WIDTH = 640;
export const HEIGHT = 190;

const HOUR = 3_600_000;
/** As many hours are named as fit without touching. */
const MOST_MARKS = 9;
const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];

/** The bars of these buckets, each `minutes` long. Departures hang below the ground, where they are counted. */
export function barsOf(
	buckets: readonly Bucket[],
	{
		minutes,
		withDepartures,
		timezone,
		locale,
	}: { minutes: number; withDepartures: boolean; timezone: string; locale: string },
): Bars {
	if (buckets.length === 0) return { bars: [], hours: [], heights: [], ground: 0 };
	const highest = Math.max(1, ...buckets.map(({ arrivals }) => arrivals));
	const deepest = withDepartures ? Math.max(0, ...buckets.map(({ departures }) => departures)) : 0;
	const step = STEPS.find((each) => (highest + deepest) / each <= 6) ?? 20_000;
	const top = Math.ceil(highest / step) * step;
	const whole = top + Math.ceil(deepest / step) * step;
	const tall = (people: number) => (people / whole) * HEIGHT;
	const width = WIDTH / buckets.length;
	const start = Date.parse(buckets[0]?.startsAt ?? "");
	const span = buckets.length * minutes * 60_000;
	return {
		bars: buckets.map(({ arrivals, departures }, index) => ({
			x: index * width,
			width: width * 0.82,
			arrivals: tall(arrivals),
			departures: withDepartures ? tall(departures) : 0,
		})),
		hours: hoursIn(start, span).map((at) => ({
			at: ((at - start) / span) * WIDTH,
			label: timeOfDay(new Date(at), timezone, locale),
		})),
		heights: marks(step, top, whole).map((people) => ({
			at: tall(top) - tall(people),
			label: String(Math.abs(people)),
		})),
		ground: tall(top),
	};
}

/** Full hours within, so many apart that they can be read. */
function hoursIn(start: number, span: number): number[] {
	const apart = [1, 2, 3, 4, 6, 12, 24].find((hours) => span / (hours * HOUR) <= MOST_MARKS) ?? 24;
	const first = Math.ceil(start / HOUR) * HOUR;
	const found: number[] = [];
	for (let at = first; at < start + span; at += apart * HOUR) found.push(at);
	return found;
}

/** From the lowest to the highest number that is marked. */
function marks(step: number, top: number, whole: number): number[] {
	const found: number[] = [];
	for (let people = top - whole; people <= top; people += step) found.push(people);
	return found;
}

/** The same by the hour, for the table beneath: quarters of an hour would not fit the page. */
export function byHour(buckets: readonly Bucket[], minutes: number): readonly Bucket[] {
	const perHour = 60 / minutes;
	const hours = new Map<number, { startsAt: string; arrivals: number; departures: number }>();
	for (const { startsAt, arrivals, departures } of buckets) {
		const hour = Math.floor(Date.parse(startsAt) / HOUR);
		const sum = hours.get(hour) ?? { startsAt: new Date(hour * HOUR).toISOString(), arrivals: 0, departures: 0 };
		hours.set(hour, { ...sum, arrivals: sum.arrivals + arrivals, departures: sum.departures + departures });
	}
	return perHour > 1 ? [...hours.values()] : buckets;
}
