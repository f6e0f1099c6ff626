// How long somebody may rest, in days of the phone's own calendar. Pure; the moment comes in.

export const REST_LENGTHS: readonly { readonly months: number; readonly name: string }[] = [
	{ months: 1, name: "A month" },
	{ months: 3, name: "Three months" },
	{ months: 12, name: "A year" },
];

/** The day so many months on, YYYY-MM-DD; at a month's end the last day there is. */
export function restUntil(now: Date, months: number): string {
	const first = new Date(now.getFullYear(), now.getMonth() + months, 1);
	const last = new Date(first.getFullYear(), first.getMonth() + 1, 0).getDate();
	return written(first.getFullYear(), first.getMonth(), Math.min(now.getDate(), last));
}

/** Whether the day is still to come. */
export const resting = (until: string | null, now: Date): boolean =>
	until !== null && until > written(now.getFullYear(), now.getMonth(), now.getDate());

function written(year: number, month: number, day: number): string {
	return new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);
}
