// 1-2-1s as the server said them last, with what was written since laid over them. Pure; it asks and keeps nothing.
import type { Meetings as MeetingsDocument } from "../graphql/documents.generated";
import type { Data } from "../graphql/trusted";
import type { Operation } from "../offline/outbox/operations";
import type { Waiting } from "../offline/outbox/waiting";

export type Meeting = Data<typeof MeetingsDocument>["meetings"][number];
export type GuidedPrompt = NonNullable<Meeting["agenda"]>["prompts"][number];

/** Whom a swap is with, as this phone knows them. */
export interface Whom {
	readonly name: string;
	readonly myTimezone: string;
	readonly theirTimezone: string | null;
}

/** The list with what waits to be sent. `whom` tells of the one to whom something was proposed that is not sent yet. */
export function layOver(
	meetings: readonly Meeting[],
	waiting: readonly Waiting[],
	whom: (swap: string) => Whom,
): readonly Meeting[] {
	let laid = meetings;
	for (const item of waiting) {
		if (item.operation !== "ProposeMeeting") laid = withWritten(laid, item);
		else if (!laid.some(({ key }) => key === item.key)) laid = [proposed(item, whom(item.variables.swap)), ...laid];
	}
	return laid;
}

/** The list after one thing that the person wrote, as they wrote it: the server takes it so or not at all. */
export function withWritten(meetings: readonly Meeting[], written: Operation): readonly Meeting[] {
	switch (written.operation) {
		case "AnswerMeeting": {
			const { meeting, startsAt } = written.variables;
			return startsAt
				? withChange(meetings, meeting, { state: "AGREED", startsAt, myTurn: false })
				: withChange(meetings, meeting, { state: "DECLINED", myTurn: false });
		}
		case "SuggestTimes": {
			const options = written.variables.options.map(String);
			const change = { state: "PROPOSED", startsAt: null, agenda: null, myTurn: false, options } as const;
			return withChange(meetings, written.variables.meeting, change);
		}
		case "CancelMeeting":
			return withChange(meetings, written.variables.meeting, { state: "CANCELLED", startsAt: null, myTurn: false });
		case "TellOfMeeting":
			return withChange(meetings, written.variables.meeting, { tookPlace: written.variables.tookPlace });
		case "MarkPrompt": {
			const { prompt, state, insight } = written.variables;
			return meetings.map((each) => withPrompt(each, prompt, { state, ...(insight ? { insight } : {}) }));
		}
		case "Withdraw":
		case "Block":
			return meetings.filter((each) => each.with.id !== written.variables.swap);
		default:
			return meetings;
	}
}

/** The list with a 1-2-1 as the server answered it, in the place of what was known of it. */
export function withAnswer(meetings: readonly Meeting[], answer: Meeting): readonly Meeting[] {
	return [answer, ...meetings.filter(({ id }) => id !== answer.id)];
}

/** Named by its id, or by the key under which this phone proposed it. */
export const isNamed = (meeting: Meeting, name: string): boolean => meeting.id === name || meeting.key === name;

function proposed(item: Extract<Waiting, { operation: "ProposeMeeting" }>, whom: Whom): Meeting {
	const { swap, options, minutes, place } = item.variables;
	return {
		id: item.key,
		key: item.key,
		state: "PROPOSED",
		myTurn: false,
		options: options.map(String),
		startsAt: null,
		minutes,
		place: place ?? null,
		myTimezone: whom.myTimezone,
		theirTimezone: whom.theirTimezone ?? whom.myTimezone,
		changedAt: item.madeAt,
		tookPlace: null,
		with: { id: swap, card: { name: whom.name } },
		agenda: null,
		calendarFile: null,
	};
}

function withChange(meetings: readonly Meeting[], name: string, change: Partial<Meeting>): readonly Meeting[] {
	return meetings.map((each) => (isNamed(each, name) ? { ...each, ...change } : each));
}

function withPrompt(meeting: Meeting, prompt: string, change: Partial<GuidedPrompt>): Meeting {
	if (!meeting.agenda?.prompts.some(({ id }) => id === prompt)) return meeting;
	const prompts = meeting.agenda.prompts.map((each) => (each.id === prompt ? { ...each, ...change } : each));
	return { ...meeting, agenda: { ...meeting.agenda, prompts } };
}
