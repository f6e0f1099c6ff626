// What the introductions screen says of each introduction. Pure.
import type { Introduction } from "./laid-over";

export const firstName = (name: string): string => name.trim().split(/\s+/)[0] ?? name;

/** Whom an introducer asked: both names, or what is left of them. */
export function pairOf({ first, second }: Pick<Introduction, "first" | "second">): string {
	const [one, other] = [first, second].map((each) => (each ? firstName(each.card.name) : "someone you met"));
	const said = `${one} and ${other}`;
	return said.charAt(0).toUpperCase() + said.slice(1);
}

/** Where an introduction stands, in a sentence that tells nobody's answer. */
export function standOf(each: Pick<Introduction, "state" | "myPart" | "myAnswer">): string {
	if (each.state === "MADE") return "Introduced";
	if (each.myPart === "INTRODUCER") return each.state === "CLOSED" ? "Nothing came of it this time" : "No answer yet";
	if (each.myAnswer === false) return "You let this pass. Nobody is told.";
	if (each.state === "CLOSED") return "Nothing came of it this time";
	return "You said yes. If they want it too, you hear of it here.";
}

/** The day until which an answer counts, such as "Friday 30 April". */
export function lastDay(answerBy: string, timezone: string, locale: string): string {
	const format = { weekday: "long", day: "numeric", month: "long", timeZone: timezone } as const;
	return new Intl.DateTimeFormat(locale, format).format(new Date(answerBy));
}

/** The reason of an idea taken apart: why, and the words at its end. */
export function partsOf(reason: string): { why: string; words: string | null } {
	const colon = reason.lastIndexOf(": ");
	return colon < 0 ? { why: reason, words: null } : { why: reason.slice(0, colon), words: reason.slice(colon + 2) };
}
