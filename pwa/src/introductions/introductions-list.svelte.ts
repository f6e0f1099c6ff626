// Introductions as this phone knows them, and what the person does with each. It asks nobody anything by itself.
import { Introductions } from "../graphql/documents.generated";
import { whyNotKept } from "../offline/outbox/not-kept";
import type { Operation } from "../offline/outbox/operations";
import { outbox } from "../offline/outbox/outbox.svelte";
import type { Settled } from "../offline/outbox/sending";
import { Remembered } from "../offline/remembered.svelte";
import { onGone } from "../swaps/gone";
import type { ContactField } from "../swaps/usual-fields";
import { type Introduction, type Known, layOver, type Request, without, withWritten } from "./laid-over";

export type { Contact, Introduction, Request, Suggestion } from "./laid-over";

const OURS: readonly Operation["operation"][] = [
	"Introduce",
	"AnswerIntroduction",
	"WithdrawIntroduction",
	"MarkThanked",
	"AskAround",
	"SettleIntroductionRequest",
];

export class IntroductionsList {
	/** Why the last tap was not kept; null when it was. */
	refusal = $state.raw<string | null>(null);
	#answer = new Remembered(Introductions, {});

	/** With what waits laid over what the server said; null until something is known. */
	get known(): Known | null {
		const known = this.#answer.data;
		return known && layOver(known, outbox.contents.waiting);
	}

	get trouble() {
		return this.#answer.trouble;
	}

	/** Whom this phone has asked whom they know, while the server has not heard of it. */
	get askedFromHere(): readonly string[] {
		return outbox.contents.waiting.flatMap((item) => (item.operation === "AskAround" ? item.variables.swap : []));
	}

	/** Hears what came of what was written, and who is gone, until the answered function is called. */
	follow(): () => void {
		const stopHearing = outbox.onSettled((settled) => this.#settled(settled));
		const stopLettingGo = onGone((isGone) => void this.#answer.change((known) => without(known, isGone)));
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

	introduce(first: string, second: string, reason: string): Promise<boolean> {
		const key = crypto.randomUUID();
		return this.#put({ operation: "Introduce", variables: { first, second, reason, key } }, { thing: first, key });
	}

	answer(introduction: string, yes: boolean, fields: ContactField[] | null = null): Promise<boolean> {
		return this.#put(
			{ operation: "AnswerIntroduction", variables: { introduction, yes, fields } },
			answerTo(introduction),
		);
	}

	/** Whether my answer has not left this phone, so that it can be taken back. */
	canTakeBack({ id }: Introduction): boolean {
		return this.#unsent(id) !== undefined;
	}

	async takeBack({ id }: Introduction): Promise<void> {
		const unsent = this.#unsent(id);
		if (unsent) await outbox.letGo(unsent);
	}

	end(introduction: string): Promise<boolean> {
		return this.#put({ operation: "WithdrawIntroduction", variables: { introduction } }, { thing: introduction });
	}

	thank(introduction: string, part: "FIRST" | "SECOND", thanked: boolean): Promise<boolean> {
		return this.#put(
			{ operation: "MarkThanked", variables: { introduction, part, thanked } },
			{ thing: introduction, slot: `thanked:${introduction}:${part}` },
		);
	}

	askAround(swap: string, need: string): Promise<boolean> {
		const key = crypto.randomUUID();
		return this.#put({ operation: "AskAround", variables: { swap, need, key } }, { thing: swap, key });
	}

	settle({ id }: Request): Promise<boolean> {
		return this.#put({ operation: "SettleIntroductionRequest", variables: { request: id } }, { thing: id });
	}

	#unsent(introduction: string) {
		return outbox.contents.waiting.find(({ slot }) => slot === answerTo(introduction).slot);
	}

	async #put(operation: Operation, about: { thing: string; slot?: string; key?: string }): Promise<boolean> {
		const put = await outbox.put({ ...operation, ...about });
		this.refusal = whyNotKept(put);
		return put === "kept";
	}

	async #settled({ item, verdict }: Settled): Promise<void> {
		if (!OURS.includes(item.operation)) return;
		if (verdict.kind !== "refused") await this.#answer.change((known) => withWritten(known, item));
		await this.refresh();
	}
}

/** A later answer takes the place of an earlier one that has not been sent. */
const answerTo = (introduction: string) => ({ thing: introduction, slot: `answer:${introduction}` });
