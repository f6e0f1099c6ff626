// What can be written through the outbox: the operations by name, with what each one's refusal means. Only names and
// variables are kept on the phone; the document that sends them is always the one of the app that is running.
import type { Problem } from "../../graphql/outcome";
import type { Data, Variables } from "../../graphql/trusted";
import * as OPERATIONS from "./writable";

export { OPERATIONS };

export type OperationName = keyof typeof OPERATIONS;
export type VariablesFor<Name extends OperationName> = Variables<(typeof OPERATIONS)[Name]>;
export type DataFor<Name extends OperationName> = Data<(typeof OPERATIONS)[Name]>;

export const isOperation = (name: string): name is OperationName => Object.hasOwn(OPERATIONS, name);

/** One operation with its variables: `operation` tells which they are. */
export type Operation = {
	[Name in OperationName]: { readonly operation: Name; readonly variables: VariablesFor<Name> };
}[OperationName];

/** What the person wrote in their own words; null for what was only tapped or scanned. */
export function wordsOf(written: Operation): string | null {
	switch (written.operation) {
		case "AddNote":
		case "NoteNeed":
		case "MakePromise":
			return written.variables.text;
		case "MarkPrompt":
			return written.variables.insight ?? null;
		case "Block":
			return written.variables.report ?? null;
		case "LogTouch":
		case "TellOfMeeting":
			return wordsOfTouch(written.variables).join("\n") || null;
		case "Introduce":
			return written.variables.reason;
		case "AskAround":
			return written.variables.need;
		case "ProposeMeeting":
			return written.variables.place ?? null;
		default:
			return isOperation(written.operation) ? null : wordsIn(written.variables);
	}
}

/** What was given, and what was received, each in a line. */
const wordsOfTouch = ({ gave, received }: Touch): string[] =>
	[gave, received].filter((words) => words !== null && words !== undefined && words !== "") as string[];

/** The same lines taken apart again, as they were put together. */
function touchIn(words: string, { gave, received }: Touch): Touch {
	const [first = "", ...rest] = words.split("\n");
	if (gave && received) return { gave: first, received: rest.join(" ") };
	return gave ? { gave: words } : { received: words };
}

type Touch = Pick<VariablesFor<"LogTouch">, "gave" | "received">;

/** The words of something that an older app wrote and this one has no operation for. */
function wordsIn(variables: object): string | null {
	const texts = Object.entries(variables).filter(([name]) =>
		["text", "insight", "report", "gave", "received", "reason", "need", "place"].includes(name),
	);
	return texts.map(([, text]) => text).find((text) => typeof text === "string") ?? null;
}

/** The same with other words. What holds none stays as it is. */
export function withWords(written: Operation, words: string): Operation {
	switch (written.operation) {
		case "AddNote":
			return { ...written, variables: { ...written.variables, text: words } };
		case "NoteNeed":
			return { ...written, variables: { ...written.variables, text: words } };
		case "MakePromise":
			return { ...written, variables: { ...written.variables, text: words } };
		case "MarkPrompt":
			return { ...written, variables: { ...written.variables, insight: words } };
		case "Block":
			return { ...written, variables: { ...written.variables, report: words } };
		case "Introduce":
			return { ...written, variables: { ...written.variables, reason: words } };
		case "AskAround":
			return { ...written, variables: { ...written.variables, need: words } };
		case "LogTouch":
			return { ...written, variables: { ...written.variables, ...touchIn(words, written.variables) } };
		case "ProposeMeeting":
			return { ...written, variables: { ...written.variables, place: words } };
		case "TellOfMeeting":
			return { ...written, variables: { ...written.variables, ...touchIn(words, written.variables) } };
		default:
			return written;
	}
}

/** Taps that say nothing once what they were about is gone. */
const ONLY_TAPPED: readonly OperationName[] = [
	"AnswerIntroduction",
	"AnswerMeeting",
	"Block",
	"CancelMeeting",
	"DeclineShare",
	"DismissFollowUp",
	"DoFollowUp",
	"EndEvening",
	"EndReview",
	"Feel",
	"ForgetGift",
	"KeepPromise",
	"LetRest",
	"LogTouch",
	"MarkPrompt",
	"MarkThanked",
	"PostponeFollowUp",
	"RemovePushDevice",
	"ReopenEvening",
	"ReopenFollowUp",
	"ReopenPromise",
	"ReopenReview",
	"SetRelationshipKind",
	"TakeBackTouch",
	"SettleIntroductionRequest",
	"TellOfMeeting",
	"Unblock",
	"Withdraw",
	"WithdrawIntroduction",
];

/** Whether a refusal leaves nothing to tell: what a tap was about is no longer there, which is all a withdrawal wants. */
export function endsQuietly(written: Operation, problem: Problem): boolean {
	return problem.name === "NotFound" && wordsOf(written) === null && ONLY_TAPPED.includes(written.operation);
}
