// The way through the prompts in one sitting: on to the next, or back, which undoes the step made last.
import { resumesAt } from "./arc";
import type { OpenConversation, PromptState } from "./open-conversation.svelte";

interface Step {
	/** By its key in the library: its id may come later. */
	readonly prompt: string;
	/** How the prompt stood before the step. */
	readonly before: PromptState;
}

type Walked = Pick<OpenConversation, "prompts" | "mark">;

export class Walk {
	/** The prompt shown; past the last one the talk is at its end. */
	index = $state(0);
	#conversation: Walked;
	#steps: Step[] = [];

	constructor(conversation: Walked) {
		this.#conversation = conversation;
		this.index = resumesAt(conversation.prompts);
	}

	get canGoBack(): boolean {
		return this.index > 0;
	}

	/** Was it asked: on to the next. */
	asked(): void {
		this.#step("ASKED");
	}

	/** Another, please. A prompt already asked stays so. */
	another(): void {
		const state = this.#conversation.prompts[this.index]?.state;
		this.#step(state === "WAITING" ? "SKIPPED" : state);
	}

	/** To the one before. If this sitting came from there, that step is undone. */
	back(): void {
		if (!this.canGoBack) return;
		this.index -= 1;
		const prompt = this.#conversation.prompts[this.index];
		const step = this.#steps.pop();
		if (step && prompt && step.prompt === prompt.libraryKey && step.before !== prompt.state) {
			void this.#conversation.mark(prompt.id, step.before);
		}
	}

	#step(state: PromptState | undefined): void {
		const prompt = this.#conversation.prompts[this.index];
		if (prompt === undefined || state === undefined) return;
		this.#steps.push({ prompt: prompt.libraryKey, before: prompt.state });
		this.index += 1;
		if (state !== prompt.state) void this.#conversation.mark(prompt.id, state);
	}
}
