// Which of the prompts kept ready are asked when two meet without a network. It is the one rule about prompts that the
// phone has; tests/vault/picks.json holds it and its twin on the server to the same answers.
import type { Candidate, LibraryPrompt, Phase, Side } from "./format";
import { isIn } from "./judging";

/** How many of each phase a talk holds, along its arc. */
const OF_PHASE: readonly (readonly [Phase, number])[] = [
	["OPEN", 1],
	["LEARN", 2],
	["HELP", 1],
	["WHO_ELSE", 1],
	["CLOSE", 1],
];
const MOST_MINUTES = 20;

/** My side: A when my badge's lookup comes before theirs, byte by byte, else B. So the two never open alike. */
export function sideOf(mine: Uint8Array, theirs: Uint8Array): Side {
	const at = mine.findIndex((byte, index) => byte !== theirs[index]);
	return at >= 0 && (mine[at] ?? 0) < (theirs[at] ?? 0) ? "A" : "B";
}

/** The prompts for my side, in the order to be asked. `asked` are keys already asked of this person on this phone:
 * they come again only where a phase has nothing else. One that would make the talk too long is passed over. */
export function pick<T extends Candidate>(prompts: readonly T[], side: Side, asked: ReadonlySet<string>): T[] {
	const picked: T[] = [];
	for (const [phase, count] of OF_PHASE) {
		const mine = prompts.filter((prompt) => prompt.side === side && prompt.phase === phase);
		const isNew = ({ key }: T) => !asked.has(key);
		const ordered = [...mine.filter(isNew), ...mine.filter((prompt) => !isNew(prompt))];
		picked.push(...whatFits(ordered, count, MOST_MINUTES - minutesOf(picked)));
	}
	return picked;
}

/** The prompts for my side that are in the reader's language; in a phase that has none, those in English. Nobody here
 * has questions in a language that no prompt is in: then English is theirs. A talk that mixes languages is no help. */
export function inReach<T extends LibraryPrompt>(prompts: readonly T[], side: Side, locale: string): T[] {
	const mine = prompts.filter((prompt) => prompt.side === side);
	return OF_PHASE.flatMap(([phase]) => {
		const ofPhase = mine.filter((prompt) => prompt.phase === phase);
		const own = ofPhase.filter(({ text }) => isIn(text, locale));
		return own.length > 0 ? own : ofPhase.filter(({ text }) => isIn(text, "en"));
	});
}

function whatFits<T extends Candidate>(ordered: readonly T[], count: number, minutes: number): T[] {
	const taken: T[] = [];
	for (const prompt of ordered) {
		if (taken.length < count && minutesOf(taken) + prompt.minutes <= minutes) taken.push(prompt);
	}
	return taken;
}

const minutesOf = (prompts: readonly Candidate[]): number => prompts.reduce((sum, { minutes }) => sum + minutes, 0);
