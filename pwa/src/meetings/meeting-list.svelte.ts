// My 1-2-1s as this phone knows them, and what is done with each. What is written waits in the outbox; nothing is sent
// from here.
import { Meetings } from "../graphql/documents.generated";
import { whyNotKept } from "../offline/outbox/not-kept";
import type { DataFor, Operation } from "../offline/outbox/operations";
import { outbox } from "../offline/outbox/outbox.svelte";
import type { Settled } from "../offline/outbox/sending";
import type { Waiting, Write } from "../offline/outbox/waiting";
import { Remembered } from "../offline/remembered.svelte";
import type { GiftKind } from "../person/gift-kinds";
import { arrivals } from "../swaps/arrivals.svelte";
import { onGone } from "../swaps/gone";
import { isNamed, layOver, type Meeting, type Whom, withAnswer, withWritten } from "./laid-over";

export type { Meeting } from "./laid-over";

const OF_MEETINGS = ["ProposeMeeting", "AnswerMeeting", "SuggestTimes", "CancelMeeting", "TellOfMeeting"] as const;
type OfMeetings = (typeof OF_MEETINGS)[number];
type Written = Extract<Operation, { operation: OfMeetings }>;

const isOfMeetings = (item: Waiting): item is Waiting & Written => OF_MEETINGS.some((each) => each === item.operation);

/** What somebody is called whom this phone does not know yet. */
const SOMEBODY = "somebody you met";

export class MeetingList {
	/** Why the last thing was not kept; null where it was. */
	notKept = $state<string | null>(null);
	#answer = new Remembered(Meetings, {});

	/** Null until something is known, from the phone or from the server. */
	get meetings(): readonly Meeting[] | null {
		const known = this.#answer.data?.meetings ?? (this.#unsent.length > 0 ? [] : null);
		return known && layOver(known, outbox.contents.waiting, (swap) => this.#whom(swap));
	}

	/** Times that a calendar may still hold although the swap behind them ended. */
	get gone() {
		return this.#answer.data?.goneMeetings ?? [];
	}

	/** Why what is shown may be old; null while it is fresh. */
	get trouble() {
		return this.#answer.trouble;
	}

	/** What the server did not take, with its reason. */
	get refused(): readonly (Waiting & Written)[] {
		return outbox.contents.refused.filter(isOfMeetings);
	}

	find(name: string): Meeting | null {
		return this.meetings?.find((each) => isNamed(each, name)) ?? null;
	}

	/** What was refused about this one. */
	refusedOf(meeting: Meeting): readonly (Waiting & Written)[] {
		return this.refused.filter(
			(item) => item.operation !== "ProposeMeeting" && isNamed(meeting, item.variables.meeting),
		);
	}

	/** What was written last about this one and has not left the phone: it can be taken back. */
	unsentOf(meeting: Meeting): (Waiting & Written) | null {
		const unsent = this.#unsent.filter((item) =>
			item.operation === "ProposeMeeting" ? item.key === meeting.key : isNamed(meeting, item.variables.meeting),
		);
		return unsent.at(-1) ?? null;
	}

	/** Hears what came of what was written, and which people are gone, until the answered function is called. */
	follow(): () => void {
		const stopHearing = outbox.onSettled((settled) => this.#settled(settled));
		const stopLettingGo = onGone((isGone) => {
			void this.#answer.change((known) => ({
				...known,
				meetings: known.meetings.filter((each) => !isGone(each.with.id)),
			}));
			void this.#answer.refresh();
		});
		return () => {
			stopHearing();
			stopLettingGo();
		};
	}

	read(): Promise<void> {
		return this.#answer.read();
	}

	refresh(): Promise<void> {
		return this.#answer.refresh();
	}

	accept(meeting: Meeting, startsAt: string): Promise<boolean> {
		return this.#put(meeting, { operation: "AnswerMeeting", variables: { meeting: meeting.id, startsAt } });
	}

	decline(meeting: Meeting): Promise<boolean> {
		return this.#put(meeting, { operation: "AnswerMeeting", variables: { meeting: meeting.id, startsAt: null } });
	}

	suggest(meeting: Meeting, options: readonly string[]): Promise<boolean> {
		const key = crypto.randomUUID();
		const variables = { meeting: meeting.id, options: [...options], key };
		return this.#put(meeting, { operation: "SuggestTimes", variables }, key);
	}

	cancel(meeting: Meeting): Promise<boolean> {
		return this.#put(meeting, { operation: "CancelMeeting", variables: { meeting: meeting.id } });
	}

	/** Keeps whether it took place, with what was given and received; blank words are none. */
	tell(meeting: Meeting, tookPlace: boolean, gave: Gift, received: Gift): Promise<boolean> {
		const variables = {
			meeting: meeting.id,
			tookPlace,
			gave: gave.text.trim() || null,
			gaveKind: gave.kind,
			received: received.text.trim() || null,
			receivedKind: received.kind,
		};
		return this.#put(meeting, { operation: "TellOfMeeting", variables });
	}

	/** Takes back what has not been sent. */
	takeBack(item: Waiting): Promise<void> {
		return outbox.letGo(item);
	}

	get #unsent(): readonly (Waiting & Written)[] {
		return outbox.contents.waiting.filter(isOfMeetings);
	}

	#whom(swap: string): Whom {
		const known = this.#answer.data?.meetings.find((each) => each.with.id === swap);
		const met = arrivals.met?.swaps.find((each) => each.id === swap);
		return {
			name: known?.with.card.name ?? met?.card.name ?? SOMEBODY,
			myTimezone: known?.myTimezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
			theirTimezone: known?.theirTimezone ?? null,
		};
	}

	async #put(meeting: Meeting, written: Written, key?: string): Promise<boolean> {
		const write: Write = { ...written, thing: meeting.with.id, slot: `meeting ${meeting.id}`, ...(key ? { key } : {}) };
		this.notKept = whyNotKept(await outbox.put(write));
		return this.notKept === null;
	}

	#settled({ item, verdict }: Settled): Promise<void> | void {
		// Something was sent, so there is a network again: what was never read can be read now.
		if (!this.#answer.data) return isOfMeetings(item) ? this.refresh() : undefined;
		if (!isOfMeetings(item)) {
			if (verdict.kind === "done") {
				return this.#answer.change((known) => ({ ...known, meetings: [...withWritten(known.meetings, item)] }));
			}
			return;
		}
		if (verdict.kind === "refused") return this.refresh();
		if (verdict.kind !== "done") return;
		const answer = verdict.data as DataFor<OfMeetings>;
		return this.#answer.change((known) => ({ ...known, meetings: [...withAnswer(known.meetings, answer)] }));
	}
}

/** Something given or received, by its kind, in the person's own words. */
export interface Gift {
	readonly kind: GiftKind | null;
	readonly text: string;
}
