// What the Import screen says about columns, changes and sums. Pure.
import { timeOfDay } from "../app/event-time";
import type { Change, ChangeKind, Column, OpenList, Past, Use } from "./importing.svelte";
import type { Sender } from "./program-keys-store.svelte";

export const count = (number: number, one: string, more: string): string =>
	`${number.toLocaleString("en")} ${number === 1 ? one : more}`;

/** The uses of a column in the order in which they are offered. */
export const USES: readonly { readonly use: Use; readonly name: string }[] = [
	{ use: "NAME", name: "Name" },
	{ use: "GIVEN_NAME", name: "Given name" },
	{ use: "FAMILY_NAME", name: "Family name" },
	{ use: "EMAIL", name: "Mail address" },
	{ use: "TICKET_ID", name: "Ticket id" },
	{ use: "TICKET_CODE", name: "Code on the ticket" },
	{ use: "TICKET_TYPE", name: "Kind of ticket" },
	{ use: "PRONOUNS", name: "Pronouns" },
	{ use: "STATUS", name: "Coming or not" },
	{ use: "BUYER_NAME", name: "Buyer’s name, if there is no other" },
	{ use: "ADD_ON", name: "Marks an add-on" },
	{ use: "QUANTITY", name: "How many tickets" },
	{ use: "LEFT_OUT", name: "Leave out" },
];

/** What stands in a column: its heading, or its letter where it has none. */
export function columnName(column: Pick<Column, "heading">, place: number): string {
	if (column.heading !== "") return column.heading;
	let letters = "";
	for (let left = place; left >= 0; left = Math.floor(left / 26) - 1)
		letters = String.fromCharCode(65 + (left % 26)) + letters;
	return `Column ${letters}`;
}

/** Columns without a heading and without a value are nobody's concern. */
export const isWorthShowing = (column: Column): boolean => column.heading !== "" || column.examples.length > 0;

/** Whether any column holds a name. */
export const namesSomebody = (uses: readonly Use[]): boolean =>
	uses.some((use) => ["NAME", "GIVEN_NAME", "FAMILY_NAME", "BUYER_NAME"].includes(use));

export const KINDS: readonly { readonly kind: ChangeKind; readonly name: string }[] = [
	{ kind: "NEW", name: "New" },
	{ kind: "CHANGED", name: "Changed" },
	{ kind: "CANCELLED", name: "Cancelled" },
	{ kind: "NEW_CANCELLED", name: "New, cancelled" },
	{ kind: "COMING_AGAIN", name: "Coming again" },
];

const PARTS: Readonly<Record<Change["parts"][number]["part"], string>> = {
	NAME: "Name",
	EMAIL: "Mail address",
	TICKET_TYPE: "Kind of ticket",
	PRONOUNS: "Pronouns",
	TICKET_ID: "Ticket id",
	TICKET_CODE: "Code on the ticket",
	TICKET_CODE_MOVED: "Code on the ticket",
};

/** What a part is called. */
export const partName = (part: Change["parts"][number]["part"]): string => PARTS[part];

/** The sums of a list in one sentence, such as "3 added, 1 changed, 40 unchanged." */
export function sums(list: Pick<Past, "added" | "changed" | "cancelled" | "unchanged" | "leftOut" | "bad">): string {
	const parts = [
		list.added > 0 && `${list.added.toLocaleString("en")} added`,
		list.changed > 0 && `${list.changed.toLocaleString("en")} changed`,
		list.cancelled > 0 && `${list.cancelled.toLocaleString("en")} cancelled`,
		list.unchanged > 0 && `${list.unchanged.toLocaleString("en")} unchanged`,
		list.leftOut > 0 && `${count(list.leftOut, "row", "rows")} left out`,
		list.bad > 0 && `${count(list.bad, "row", "rows")} could not be read`,
	].filter((part) => part !== false);
	return parts.length === 0 ? "Nothing was in it." : `${parts.join(", ")}.`;
}

/** Whether bringing the list in would change anything. */
export const changesNothing = (list: OpenList): boolean => list.added + list.changed + list.cancelled === 0;

/** What the list is, such as "guests.xlsx, read as pretix, sheet Orders". */
export function title(list: Pick<OpenList, "fileName" | "system" | "sheet">): string {
	const read = list.system ? `, read as ${list.system}` : "";
	const sheet = list.sheet ? `, sheet “${list.sheet}”` : "";
	return `${list.fileName ?? "A pasted list"}${read}${sheet}`;
}

const WAYS: Readonly<Record<Past["way"], string>> = {
	FILE: "A file",
	PASTED: "A pasted list",
	COMMAND_LINE: "The command line",
	INTERFACE: "Another program",
};

/** What came, such as "guests.xlsx". */
export const cameAs = (past: Pick<Past, "way" | "fileName">): string => past.fileName ?? WAYS[past.way];

/** A day and a time, such as "22 Apr, 10:32". */
export function instant(written: string, timezone: string, locale: string): string {
	const then = new Date(written);
	const day = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: timezone }).format(then);
	return `${day}, ${timeOfDay(then, timezone, locale)}`;
}

/** Which rows a remark is about: "Lines 3, 5 and 12 more". */
export function whichLines(remark: { readonly rows: number; readonly lines: readonly number[] }): string {
	if (remark.rows === 0) return "";
	const more = remark.rows - remark.lines.length;
	const named = remark.lines.join(", ");
	return `${remark.rows === 1 ? "Line" : "Lines"} ${named}${more > 0 ? ` and ${more} more` : ""}: `;
}

export const SENDERS: readonly { readonly sender: Sender; readonly name: string }[] = [
	{ sender: "INTERFACE", name: "A program, with a token" },
	{ sender: "STANDARD", name: "A sender of signed webhooks" },
	{ sender: "HI_EVENTS", name: "Hi.Events" },
];

/** Who uses a key, in words. */
export const senderName = (sender: Sender): string => SENDERS.find((each) => each.sender === sender)?.name ?? "";
