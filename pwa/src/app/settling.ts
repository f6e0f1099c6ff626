// What the server answered to the outbox goes into what this phone keeps, whichever screen is open: conversations,
// evenings and the list of people met are then right without a network too.
import { withWritten } from "../conversation/laid-over";
import type { ConversationSwap } from "../conversation/open-conversation.svelte";
import { withAnswered } from "../evening/laid-over";
import { Conversation, Evening, Notifications, Person, Review } from "../graphql/documents.generated";
import { withChosen } from "../notifications/laid-over";
import { changeKept, keepAnswer } from "../offline/answers";
import type { DataFor } from "../offline/outbox/operations";
import { outbox } from "../offline/outbox/outbox.svelte";
import type { Settled } from "../offline/outbox/sending";
import type { Waiting } from "../offline/outbox/waiting";
import { withWritten as withKept } from "../person/laid-over";
import { withAnswered as inReview } from "../review/laid-over";
import { arrivals } from "../swaps/arrivals.svelte";
import { areGone } from "../swaps/gone";
import { session } from "./session.svelte";

/** Takes in each answer until the answered function is called. */
export function takeInAnswers(): () => void {
	return outbox.onSettled(async (settled) => {
		if (settled.verdict.kind !== "done") return;
		// A phone without room keeps no copy; the server has it all the same.
		await keep(settled).catch(() => undefined);
	});
}

async function keep({ item, verdict }: Settled): Promise<void> {
	const data = verdict.kind === "done" ? verdict.data : null;
	const swap = outbox.contents.nameOf(item.thing);
	switch (item.operation) {
		case "SwapBadges": {
			const made = data as DataFor<"SwapBadges">;
			if (arrivals.met?.event === made.event.id) arrivals.made(made);
			await keepAnswer(item.person, Conversation, { swap: made.id }, { swap: made });
			return;
		}
		case "DoFollowUp":
		case "PostponeFollowUp":
		case "DismissFollowUp":
		case "ReopenFollowUp":
		case "EndEvening":
		case "ReopenEvening":
		case "EndReview":
		case "ReopenReview": {
			const { event } = item;
			if (event === null) {
				await changeKept(item.person, Review, {}, ({ review }) => ({ review: inReview(review, item) }));
				return;
			}
			await changeKept(item.person, Evening, { event }, ({ evening }) => ({
				evening: withAnswered(evening, item, event),
			}));
			return;
		}
		case "SetReviewTime":
		case "SetQuiet":
		case "SetEveningLimit":
		case "AgreeToBeAsked":
		case "UpdateSettings":
			await session.refresh();
			return;
		case "SwitchNotice":
		case "SetQuietHours":
		case "RemovePushDevice":
		case "UnsubscribePush":
			await changeKept(item.person, Notifications, {}, ({ notifications }) => ({
				notifications: withChosen(notifications, item),
			}));
			return;
		case "SetRelationshipKind":
		case "LogTouch":
		case "TakeBackTouch":
		case "LetRest":
		case "ForgetGift":
		case "ReopenPromise":
			await keepPerson(item);
			return;
		case "Withdraw":
		case "Block":
			arrivals.met?.remove(swap);
			await areGone([swap]);
			return;
		default: {
			if (item.operation === "ShareBack") void session.refresh(); // what was chosen is what the next choice begins with
			// Kept on somebody's own page, it is named by them and not by a swap.
			if (item.operation === "KeepPromise") await keepPerson(item);
			arrivals.met?.settle(swap, { item, data });
			const change = (known: ConversationSwap | null) => known && withWritten(known, item, item.madeAt, data);
			await changeKept(item.person, Conversation, { swap }, (kept) => ({ swap: change(kept.swap) }));
		}
	}
}

/** What was written about somebody across events. */
async function keepPerson(item: Waiting): Promise<void> {
	await changeKept(item.person, Person, { id: item.thing }, ({ node }) => ({
		node: node?.__typename === "Relationship" ? withKept(node, item, item.madeAt) : node,
	}));
}
