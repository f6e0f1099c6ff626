// The arrivals of a day as a curve: from the server's buckets to points. Pure; it draws nothing.
import { timeOfDay } from "../app/event-time";

export interface Bucket {
	readonly startsAt: string;
	readonly arrivals: number;
	readonly departures: number;
}

/** Minutes in a bucket, as attendance.graphql asks for them. */
export const BUCKET_MINUTES = 15;
const WIDTH = BUCKET_MINUTES * 60;

/** Seconds since 1970, arrivals and, where they are counted, departures, as a plot takes them. Each count stands in the
 * middle of its quarter of an hour, and the curves begin and end on the ground, so that a single quarter is a hill as well. */
export function pointsOf(buckets: readonly Bucket[], withDepartures: boolean): number[][] {
	const heights = [buckets.map(({ arrivals }) => arrivals), buckets.map(({ departures }) => departures)];
	const rows = withDepartures ? heights : heights.slice(0, 1);
	if (buckets.length === 0) return [[], ...rows];
	const middles = buckets.map(({ startsAt }) => Date.parse(startsAt) / 1000 + WIDTH / 2);
	const first = middles[0] as number;
	const last = middles.at(-1) as number;
	return [[first - WIDTH, ...middles, last + WIDTH], ...rows.map((row) => [0, ...row, 0])];
}

/** A quarter of an hour in words, such as "09:15 to 09:30". */
export function quarterInWords(startsAt: string, timezone: string, locale: string): string {
	const begin = new Date(startsAt);
	const end = new Date(begin.getTime() + WIDTH * 1000);
	return `${timeOfDay(begin, timezone, locale)} to ${timeOfDay(end, timezone, locale)}`;
}

/** The whole curve in a sentence, for those who do not see it. */
export function curveInWords(buckets: readonly Bucket[], timezone: string, locale: string): string {
	const busiest = buckets.reduce<Bucket | null>(
		(most, each) => (each.arrivals > (most?.arrivals ?? 0) ? each : most),
		null,
	);
	if (busiest === null) return "No arrivals.";
	const people = busiest.arrivals === 1 ? "1 arrival" : `${busiest.arrivals} arrivals`;
	return `Most came from ${quarterInWords(busiest.startsAt, timezone, locale)}: ${people}.`;
}

/** One quarter of an hour in a sentence, for where the pointer is. */
export function bucketInWords(bucket: Bucket, timezone: string, locale: string, withDepartures: boolean): string {
	const came = `${quarterInWords(bucket.startsAt, timezone, locale)}: ${bucket.arrivals}`;
	return withDepartures ? `${came} came, ${bucket.departures} left` : came;
}
