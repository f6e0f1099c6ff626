// What a helper at a room is told of one scan: colour, shape and words. Pure; it decides nothing.
import type { Shape, Tone } from "../door/verdict";
import type { CountedAt } from "../offline/doors/to-room";

export interface RoomTold {
	/** The scan's key. */
	readonly key: string;
	readonly tone: Tone;
	readonly shape: Shape;
	readonly word: string;
	/** For the moment of the scan; null where it is nobody's here, or not known yet. */
	readonly name: string | null;
	readonly line: string | null;
	readonly canUndo: boolean;
}

interface Look {
	readonly tone: Tone;
	readonly shape: Shape;
	readonly word: string;
	readonly line: string | null;
	readonly canUndo: boolean;
}

const LOOKS: Readonly<Record<CountedAt["verdict"] | "NOTED" | "NOTED_OUT", Look>> = {
	COUNTED: { tone: "go", shape: "check", word: "Counted", line: null, canUndo: true },
	LEFT: { tone: "go", shape: "out", word: "Counted out", line: null, canUndo: true },
	FULL: {
		tone: "look",
		shape: "check",
		word: "Counted, and the room is full",
		line: "You decide. To turn them away, undo it.",
		canUndo: true,
	},
	ALREADY: { tone: "look", shape: "clock", word: "Counted before", line: null, canUndo: false },
	NOT_RECOGNISED: {
		tone: "stop",
		shape: "question",
		word: "Not known here",
		line: "Try their badge or their ticket once more. Nobody was counted.",
		canUndo: false,
	},
	UNDONE: { tone: "plain", shape: "back", word: "Taken back", line: null, canUndo: false },
	NOTED: {
		tone: "go",
		shape: "waiting",
		word: "Noted",
		line: "It counts as soon as there is a connection.",
		canUndo: true,
	},
	NOTED_OUT: {
		tone: "go",
		shape: "waiting",
		word: "Noted, on the way out",
		line: "It counts as soon as there is a connection.",
		canUndo: true,
	},
};

/** The server's word. */
export function tellRoom({ key, verdict, name }: Pick<CountedAt, "key" | "verdict" | "name">): RoomTold {
	return { key, name, ...LOOKS[verdict] };
}

/** This phone's own: it has no list, and says no more than that the scan is safe. */
export const tellNoted = (key: string, direction: "IN" | "OUT"): RoomTold => ({
	key,
	name: null,
	...LOOKS[direction === "IN" ? "NOTED" : "NOTED_OUT"],
});

/** All of it as one breath, for screen readers. */
export const aloudInRoom = ({ word, name, line }: RoomTold): string => [word, name, line].filter(Boolean).join(". ");

/** Milliseconds until the camera is back by itself. */
export const shownInRoom = ({ word, tone }: RoomTold): number =>
	tone === "go" && word !== LOOKS.FULL.word ? 2500 : 3500;
