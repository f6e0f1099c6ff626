// What waits in the outbox laid over introductions as the server told them last. Pure.
import type { Introductions } from "../graphql/documents.generated";
import type { Data } from "../graphql/trusted";
import type { Operation } from "../offline/outbox/operations";

export type Known = Data<typeof Introductions>;
export type Introduction = Known["introductions"][number];
export type Suggestion = Known["introductionSuggestions"][number];
export type Request = Known["introductionRequests"][number];
export type Contact = Known["contactsToIntroduce"][number];

/** What was written: an outbox item, or anything like it. */
type Written = Operation & { readonly key?: string; readonly madeAt?: string };

/** The same with everything that waits, in its order. */
export const layOver = (known: Known, waiting: readonly Written[]): Known => waiting.reduce(withWritten, known);

/** The same once this was written. */
export function withWritten(known: Known, written: Written): Known {
	switch (written.operation) {
		case "Introduce":
			return introduced(known, written);
		case "AnswerIntroduction": {
			const { introduction, yes } = written.variables;
			return changed(known, introduction, (each) => (yes ? agreed(each) : { ...each, ...LET_PASS }));
		}
		case "WithdrawIntroduction": {
			const { introduction } = written.variables;
			return changed(known, introduction, (each) =>
				each.myPart === "INTRODUCER" ? { ...each, state: "CLOSED" } : null,
			);
		}
		case "MarkThanked": {
			const { introduction, part, thanked } = written.variables;
			const at = thanked ? (written.madeAt ?? new Date(0).toISOString()) : null;
			return changed(known, introduction, (each) =>
				(part ?? each.myPart) === "FIRST" ? { ...each, firstThankedAt: at } : { ...each, secondThankedAt: at },
			);
		}
		case "SettleIntroductionRequest": {
			const { request } = written.variables;
			return { ...known, introductionRequests: known.introductionRequests.filter(({ id }) => id !== request) };
		}
		default:
			return known;
	}
}

/** Nothing of somebody who is gone: neither their card nor an idea that names them. */
export function without(known: Known, isGone: (swap: string) => boolean): Known {
	const isLeft = ({ first, second }: Suggestion) => !isGone(first.id) && !isGone(second.id);
	return {
		introductions: known.introductions.map((each) => ({
			...each,
			first: each.first && isGone(each.first.id) ? null : each.first,
			second: each.second && isGone(each.second.id) ? null : each.second,
		})),
		introductionSuggestions: known.introductionSuggestions.filter(isLeft),
		contactsToIntroduce: known.contactsToIntroduce.filter(({ id }) => !isGone(id)),
		contactsToAsk: known.contactsToAsk.filter(({ id }) => !isGone(id)),
		introductionRequests: known.introductionRequests
			.filter(({ swap }) => !isGone(swap.id))
			.map((each) => ({ ...each, suggestions: each.suggestions.filter(isLeft) })),
	};
}

const LET_PASS = { state: "CLOSED", myAnswer: false, other: null, answerBy: null } as const;

/** The second's yes may have made it; the server says so. Until then both wait. */
const agreed = (each: Introduction): Introduction => ({
	...each,
	state: "ASKING_SECOND",
	myAnswer: true,
	answerBy: null,
});

function changed(known: Known, id: string, change: (each: Introduction) => Introduction | null): Known {
	const introductions = known.introductions.flatMap((each) => (each.id === id ? (change(each) ?? []) : each));
	return { ...known, introductions };
}

/** One that begins on this phone. It is known by its key until the server has named it. */
function introduced(known: Known, written: Written & { operation: "Introduce" }): Known {
	const { first, second, reason, key } = written.variables;
	const isPair = (one: Suggestion) => [first, second].includes(one.first.id) && [first, second].includes(one.second.id);
	const card = (swap: string) => known.contactsToIntroduce.find(({ id }) => id === swap) ?? null;
	const begun: Introduction = {
		id: key,
		state: "ASKING_FIRST",
		myPart: "INTRODUCER",
		reason,
		askedAt: written.madeAt ?? new Date(0).toISOString(),
		answerBy: null,
		myAnswer: null,
		note: null,
		firstThankedAt: null,
		secondThankedAt: null,
		introducer: { name: "" },
		other: null,
		contact: null,
		first: card(first),
		second: card(second),
	};
	return {
		...known,
		introductions: [begun, ...known.introductions.filter(({ id }) => id !== key)],
		introductionSuggestions: known.introductionSuggestions.filter((each) => !isPair(each)),
		introductionRequests: known.introductionRequests.filter(({ swap }) => swap.id !== first && swap.id !== second),
	};
}
