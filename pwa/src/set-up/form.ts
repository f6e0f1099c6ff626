// An event's settings as they are written on the screen, and what of them the server is told: only what was changed.
import type { EventRole } from "../app/session.svelte";
import { instantAt, onTheWall } from "../app/wall-clock";
import type { EventSettings, UpdateEvent } from "../graphql/documents.generated";
import type { Data, Variables } from "../graphql/trusted";

export type SetUpEvent = NonNullable<Data<typeof EventSettings>["event"]>;
export type Changes = Variables<typeof UpdateEvent>["input"];
export type CardQuestion = SetUpEvent["cardQuestions"][number];

/** Everything as fields hold it: empty where nothing is written. Times are by the clock on the event's wall. */
export interface EventForm {
	title: string;
	slug: string;
	venue: string;
	starts: string;
	ends: string;
	timezone: string;
	capacity: string;
	usesCheckIn: boolean;
	checksInWith: SetUpEvent["checksInWith"];
	scansPeopleOut: boolean;
	cardQuestions: CardQuestion[];
	languages: string[];
	eveningAt: string;
	retentionDays: string;
	/** The id of the edition before this one; empty for none. */
	continues: string;
}

export const CARD_QUESTIONS: readonly { readonly question: CardQuestion; readonly label: string }[] = [
	{ question: "UP_TO", label: "What I’m up to" },
	{ question: "SEEKING", label: "Where I’d welcome help" },
	{ question: "OFFERING", label: "What I can help with" },
	{ question: "ASK_ME_ABOUT", label: "Ask me about" },
	{ question: "GOOD_INTRODUCTION", label: "A good introduction for me is" },
];

/** The field on the screen that a refusal of the server is about. */
const FIELD_OF: Readonly<Record<string, keyof EventForm>> = { startsAt: "starts", endsAt: "ends" };

export const fieldOf = (refused: string): keyof EventForm => FIELD_OF[refused] ?? (refused as keyof EventForm);

export function formOf(event: SetUpEvent): EventForm {
	const { settings } = event;
	return {
		title: event.title,
		slug: event.slug,
		venue: event.venue ?? "",
		starts: onTheWall(new Date(event.startsAt), event.timezone),
		ends: onTheWall(new Date(event.endsAt), event.timezone),
		timezone: event.timezone,
		capacity: settings?.capacity?.toString() ?? "",
		usesCheckIn: event.usesCheckIn,
		checksInWith: event.checksInWith,
		scansPeopleOut: event.scansPeopleOut,
		cardQuestions: [...event.cardQuestions],
		languages: [...event.languages],
		eveningAt: settings?.eveningAt ?? "19:00",
		retentionDays: settings?.retentionDays.toString() ?? "90",
		continues: settings?.continues?.id ?? "",
	};
}

/** A new event, before anything is known of it: what an event begins with when nobody says otherwise. */
export function emptyForm(timezone: string, languages: readonly string[]): EventForm {
	return {
		title: "",
		slug: "",
		venue: "",
		starts: "",
		ends: "",
		timezone,
		capacity: "",
		usesCheckIn: true,
		checksInWith: "TICKET",
		scansPeopleOut: false,
		cardQuestions: CARD_QUESTIONS.map(({ question }) => question),
		languages: [...languages],
		eveningAt: "19:00",
		retentionDays: "90",
		continues: "",
	};
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

export const isUnchanged = (form: EventForm, saved: EventForm): boolean => isSame(form, saved);

/** What was written since `read`, over how it is `now`: a field that was not touched follows whoever else changed it. */
export function laidOver(written: EventForm, read: EventForm, now: EventForm): EventForm {
	const touched = (Object.keys(now) as (keyof EventForm)[]).filter((name) => !isSame(written[name], read[name]));
	return { ...now, ...Object.fromEntries(touched.map((name) => [name, written[name]])) };
}

/** A field that was written since `read` and that somebody else has changed to something else meanwhile; null for none. */
export function clashOf(written: EventForm, read: EventForm, now: EventForm): keyof EventForm | null {
	const names = Object.keys(now) as (keyof EventForm)[];
	const isClash = (name: keyof EventForm) =>
		[read, now].every((other) => !isSame(written[name], other[name])) && !isSame(read[name], now[name]);
	return names.find(isClash) ?? null;
}

/** What the server said of the fields that are to change, so that it changes none that somebody else did meanwhile. */
export function seenOf({ settings, ...event }: SetUpEvent, changes: Changes): Changes {
	const known = { ...event, ...settings, continues: settings?.continues?.id ?? null };
	return Object.fromEntries(Object.entries(known).filter(([name]) => name in changes));
}

/** A number as it is written, or something the server will refuse with a sentence of its own. */
const numberIn = (text: string): number => (/^\s*\d{1,7}\s*$/.test(text) ? Number(text) : 0);

/**
 * What is to be told to the server. `everyLanguage` are those there are: all of them chosen means whichever there will be.
 * Null where a time is not whole; `at` then says which.
 */
export function changesOf(
	form: EventForm,
	saved: EventForm,
	everyLanguage: readonly string[],
): { readonly changes: Changes } | { readonly missing: "starts" | "ends" } {
	const differs = (name: keyof EventForm) => !isSame(form[name], saved[name]);
	const changes: { -readonly [Name in keyof Changes]: Changes[Name] } = {};
	if (differs("title")) changes.title = form.title;
	if (differs("slug")) changes.slug = form.slug;
	if (differs("venue")) changes.venue = form.venue.trim() || null;
	if (differs("timezone")) changes.timezone = form.timezone;
	if (differs("starts") || differs("timezone")) {
		const at = instantAt(form.starts, form.timezone);
		if (at === null) return { missing: "starts" };
		changes.startsAt = at;
	}
	if (differs("ends") || differs("timezone")) {
		const at = form.ends === "" ? undefined : instantAt(form.ends, form.timezone);
		if (at === null || (at === undefined && saved.ends !== "")) return { missing: "ends" };
		if (at !== undefined) changes.endsAt = at;
	}
	if (differs("capacity")) changes.capacity = form.capacity.trim() === "" ? null : numberIn(form.capacity);
	if (differs("usesCheckIn")) changes.usesCheckIn = form.usesCheckIn;
	if (differs("checksInWith")) changes.checksInWith = form.checksInWith;
	if (differs("scansPeopleOut")) changes.scansPeopleOut = form.scansPeopleOut;
	if (differs("cardQuestions")) changes.cardQuestions = form.cardQuestions;
	if (differs("languages")) {
		changes.languages = everyLanguage.every((each) => form.languages.includes(each)) ? [] : form.languages;
	}
	if (differs("eveningAt")) changes.eveningAt = form.eveningAt;
	if (differs("retentionDays")) changes.retentionDays = numberIn(form.retentionDays);
	if (differs("continues")) changes.continues = form.continues || null;
	return { changes };
}

/** An edition that this event may continue. */
export interface Edition {
	readonly id: string;
	readonly slug: string;
	readonly title: string;
	/** RFC 3339; null where this person does not organize it, and only knows that it is continued. */
	readonly startsAt: string | null;
}

/** What this event may continue: whatever began before it and is organized by this person, the last one first, and what it
 * continues now. */
export function editionsBefore(
	event: { readonly id: string; readonly startsAt: string },
	roles: readonly EventRole[],
	now: Omit<Edition, "startsAt"> | null,
): Edition[] {
	const began = roles
		.filter((each) => each.role !== "DOOR_HELPER" && each.event.id !== event.id)
		.map((each) => each.event)
		.filter(({ startsAt }) => Date.parse(startsAt) < Date.parse(event.startsAt))
		.toSorted((one, other) => Date.parse(other.startsAt) - Date.parse(one.startsAt));
	const isAmong = now === null || began.some(({ id }) => id === now.id);
	return isAmong ? began : [{ ...now, startsAt: null }, ...began];
}

/** The list with the choice in or out of it, in the order of all. */
export function toggled<T>(chosen: readonly T[], choice: T, all: readonly T[]): T[] {
	const wanted = chosen.includes(choice) ? chosen.filter((each) => each !== choice) : [...chosen, choice];
	return all.filter((each) => wanted.includes(each));
}
