// The words for what one is told of, by which way, and what became of it.
import type { Notifications } from "../graphql/documents.generated";
import type { Data } from "../graphql/trusted";

type Known = Data<typeof Notifications>["notifications"];
export type Delivery = Known["deliveries"][number];
export type Kind = Known["kinds"][number]["kind"];
export type Channel = Delivery["channel"];

export const KINDS: Readonly<Record<Kind, { readonly name: string; readonly hint: string }>> = {
	EVENING_READY: { name: "Your evening", hint: "When the evening’s list is there." },
	REVIEW_READY: { name: "Weekly review", hint: "On the day and at the hour you chose." },
	PROMISE_DUE: { name: "Promises", hint: "On the day you set for one." },
	SWAP: { name: "Your badge was scanned", hint: "While the app is not open." },
	INTRODUCTION_ASKED: { name: "Introductions", hint: "When somebody asks you for a yes or a no." },
	INTRODUCTION_MADE: { name: "Introductions made", hint: "When both sides said yes." },
	MEETING_PROPOSED: { name: "Times for a 1-2-1", hint: "When somebody you met proposes some." },
	MEETING_CHANGED: { name: "Changes to a 1-2-1", hint: "Agreed, moved or cancelled." },
	TEST: { name: "Test", hint: "" },
};

export const CHANNELS: Readonly<Record<Channel, string>> = { PUSH: "Push", MAIL: "Mail" };

const OUTCOMES: Readonly<Record<Delivery["state"], string>> = {
	WAITING: "waits until then",
	SENDING: "on its way",
	SENT: "sent",
	SWITCHED_OFF: "not sent: you switched it off",
	QUIET: "not sent: your quiet hours",
	ENOUGH: "not sent: you had had enough by then",
	WITHDRAWN: "not sent: no longer needed",
	TOO_LATE: "not sent: it was too late for it",
	DEVICE_GONE: "not sent: this device takes no pushes any more",
	REFUSED: "not taken by the other side",
	UNREACHABLE: "not sent: the other side could not be reached",
	UNSURE: "perhaps sent: the line broke, and it is not sent twice",
};

/** One line of the log, such as "Push to Firefox on Linux: sent". */
export function outcomeInWords({ channel, device, state }: Pick<Delivery, "channel" | "device" | "state">): string {
	const way = device === null ? CHANNELS[channel] : `${CHANNELS[channel]} to ${device}`;
	return `${way}: ${OUTCOMES[state]}`;
}
