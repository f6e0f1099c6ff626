// What waits on this phone, in words. Pure; names come from whoever calls.
import { type Operation, wordsOf } from "../offline/outbox/operations";
import type { Verdict } from "../offline/outbox/verdict";

const things = (count: number, one: string, many: string) =>
	`${count} ${count === 1 ? `thing ${one}` : `things ${many}`}`;

interface Counts {
	readonly waiting: number;
	/** How many of them wait for something other than the network. */
	readonly held: number;
	readonly refused: number;
}

/** The line that says how much waits; null where nothing does. */
export function waitingInWords({ waiting, held, refused }: Counts): string | null {
	const forWhat = held === waiting ? "to be sent" : "for the network";
	const parts = [
		waiting > 0 && things(waiting, `waits ${forWhat}`, `wait ${forWhat}`),
		refused > 0 && things(refused, "could not be kept", "could not be kept"),
	];
	return parts.filter(Boolean).join(" · ") || null;
}

/** What one thing is. `name` is whom it is about, as this phone knows them. */
export function whatItIs(written: Operation, name: string): string {
	switch (written.operation) {
		case "SwapBadges":
			return "The scan of a badge";
		case "AddNote":
			return `Your note about ${name}`;
		case "NoteNeed":
			return `What ${name} needs`;
		case "MakePromise":
			return `Your promise to ${name}`;
		case "KeepPromise":
			return `That you kept a promise to ${name}`;
		case "MarkPrompt":
			return wordsOf(written) === null ? `That you asked ${name} something` : `What you learned from ${name}`;
		case "Feel":
			return `How it was with ${name}`;
		case "ShareBack":
			return `Your contact, for ${name}`;
		case "DeclineShare":
			return `Your “not now”, which ${name} is not told of`;
		case "Withdraw":
			return "That you withdraw from a conversation";
		case "Block":
			return wordsOf(written) === null ? "That you block somebody" : "That you block somebody, and your report";
		case "Unblock":
			return "That you take a block back";
		case "SetRelationshipKind":
			return "What somebody is to you";
		case "LogTouch":
			return "That you were in touch with somebody";
		case "TakeBackTouch":
			return "That you were not in touch after all";
		case "LetRest":
			return "Until when somebody rests";
		case "ForgetGift":
			return "That something given is to be forgotten";
		case "ReopenPromise":
			return "That a promise is still open";
		case "DoFollowUp":
		case "PostponeFollowUp":
		case "DismissFollowUp":
		case "ReopenFollowUp":
			return "Your answer to a suggestion";
		case "SetReviewTime":
			return "When your weekly review comes";
		case "SetQuiet":
			return "Whether others are reminded of you";
		case "AgreeToBeAsked":
			return "Whether your contacts may ask whom you know";
		case "SwitchNotice":
		case "SetQuietHours":
			return "What you are told of, and when";
		case "RemovePushDevice":
		case "UnsubscribePush":
			return "That a device takes no pushes any more";
		case "UpdateSettings":
			return "The language of your questions";
		case "Introduce":
			return "An introduction that you begin";
		case "AnswerIntroduction":
			return "Your answer to an introduction";
		case "WithdrawIntroduction":
			return "That you end an introduction";
		case "MarkThanked":
			return "That somebody gave thanks for an introduction";
		case "AskAround":
			return `What you ask ${name} to introduce you for`;
		case "SettleIntroductionRequest":
			return "That you let a request for an introduction go";
		case "SetEveningLimit":
			return "How many suggestions you want of an evening";
		case "EndEvening":
			return "That this is all for tonight";
		case "EndReview":
			return "That this is all for the week";
		case "ReopenReview":
			return "That you go on with the week’s review";
		case "ReopenEvening":
			return "That you go on with the evening";
		case "ProposeMeeting":
			return `The times you propose to ${name}`;
		case "SuggestTimes":
			return `Other times for your 1-2-1 with ${name}`;
		case "AnswerMeeting":
			return `Your answer to the times of ${name}`;
		case "CancelMeeting":
			return `That your 1-2-1 with ${name} is off`;
		case "TellOfMeeting":
			return `What came of your 1-2-1 with ${name}`;
		default:
			return "Something that an older version of the app kept";
	}
}

/** Why the last try brought nothing, where that is more than a missing network. */
export function delayInWords(lastTry: Verdict | null): string | null {
	if (lastTry?.kind !== "not-yet") return null;
	return lastTry.problem?.message ?? "The server had trouble with it. It is sent again by itself.";
}
