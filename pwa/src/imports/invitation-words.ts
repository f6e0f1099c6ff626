// How far mailing everybody their place is, in words. Pure.
import type { Invitations } from "./inviting.svelte";
import { count } from "./wording";

/** Mails that would leave now. */
export const waiting = ({ new: fresh, unsent }: Invitations): number => fresh + unsent;

export const mails = (number: number): string => count(number, "mail", "mails");

export function howFar(told: Invitations): string {
	const { new: fresh, unsent, sent, underWay } = told;
	if (underWay) return `${mails(unsent)} still to leave. You may leave this page.`;
	if (unsent > 0 && fresh === 0) return `${mails(unsent)} could not be delivered. Send again to try only those.`;
	if (waiting(told) > 0)
		return `${mails(waiting(told))} would leave now${sent > 0 ? `; ${sent.toLocaleString("en")} left before` : ""}.`;
	if (told.refusedCount > 0 && sent === 0) return "No mail has left.";
	if (sent > 0 && told.refusedCount > 0) return `${mails(sent)} ${sent === 1 ? "has" : "have"} left.`;
	if (sent > 0) return sent === 1 ? "The one mail has left." : `All ${mails(sent)} have left.`;
	return "Nobody on the list has a mail address.";
}

/** Whose address is refused, and what to do about it. */
export function refused({ refusedCount: people }: Invitations): string | null {
	if (people === 0) return null;
	const who = people === 1 ? "the address of one person" : `the addresses of ${people.toLocaleString("en")} people`;
	return `The mail server refused ${who} for good, so ${people === 1 ? "it is" : "they are"} not tried again. Correct ${people === 1 ? "it" : "them"} in your list and bring it in again, or hand ${people === 1 ? "that person their badge" : "them their badges"}.`;
}

export function withoutAddress({ withoutAddress: people }: Invitations): string | null {
	if (people === 0) return null;
	return people === 1
		? "One person on the list has no mail address: hand them their badge."
		: `${people} people on the list have no mail address: hand them their badges.`;
}
