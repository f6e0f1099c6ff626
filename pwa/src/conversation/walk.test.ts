import { beforeEach, describe, expect, test } from "vitest";
import type { Prompt, PromptState } from "./open-conversation.svelte";
import { Walk } from "./walk.svelte";

/** A conversation of three prompts that remembers how each is marked. */
class ThreePrompts {
	states: PromptState[] = ["WAITING", "WAITING", "WAITING"];
	get prompts(): Prompt[] {
		return this.states.map((state, index) => ({ id: String(index), libraryKey: String(index), state }) as Prompt);
	}
	mark = async (prompt: string, state: PromptState): Promise<"kept"> => {
		this.states[Number(prompt)] = state;
		return "kept";
	};
}

let conversation: ThreePrompts;
beforeEach(() => {
	conversation = new ThreePrompts();
});

describe("the walk through the prompts", () => {
	test("goes on by asking and by asking for another", () => {
		const walk = new Walk(conversation);
		walk.asked();
		walk.another();
		expect(walk.index).toBe(2);
		expect(conversation.states).toEqual(["ASKED", "SKIPPED", "WAITING"]);
	});

	test("goes back by undoing", () => {
		const walk = new Walk(conversation);
		walk.asked();
		walk.asked();
		walk.back();
		expect(walk.index).toBe(1);
		expect(conversation.states).toEqual(["ASKED", "WAITING", "WAITING"]);
	});

	test("begins where it was left, and looks back from there without changing anything", () => {
		conversation.states = ["ASKED", "SKIPPED", "WAITING"];
		const walk = new Walk(conversation);
		expect(walk.index).toBe(2);
		walk.back();
		walk.back();
		walk.back();
		expect(walk.index).toBe(0);
		walk.another();
		expect(conversation.states).toEqual(["ASKED", "SKIPPED", "WAITING"]);
		expect(walk.index).toBe(1);
	});

	test("ends past the last prompt, and there is a way back from there", () => {
		conversation.states = ["ASKED", "ASKED", "WAITING"];
		const walk = new Walk(conversation);
		walk.asked();
		walk.asked();
		expect(walk.index).toBe(3);
		walk.back();
		expect(walk.index).toBe(2);
		expect(conversation.states).toEqual(["ASKED", "ASKED", "WAITING"]);
	});
});
