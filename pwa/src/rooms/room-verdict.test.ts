import { expect, test } from "vitest";
import { aloudInRoom, shownInRoom, tellNoted, tellRoom } from "./room-verdict";

const VERDICTS = ["COUNTED", "FULL", "ALREADY", "LEFT", "NOT_RECOGNISED", "UNDONE"] as const;
const told = (verdict: (typeof VERDICTS)[number]) => tellRoom({ key: "k", verdict, name: "Ana Duarte" });

test("every verdict differs from every other in its word", () => {
	expect(new Set(VERDICTS.map((verdict) => told(verdict).word)).size).toBe(VERDICTS.length);
});

test("a full room is told, and left to the helper", () => {
	expect(told("FULL")).toMatchObject({ tone: "look", canUndo: true });
	expect(told("FULL").line).toContain("You decide");
	expect(shownInRoom(told("FULL"))).toBeGreaterThan(shownInRoom(told("COUNTED")));
});

test("only what counted can be taken back", () => {
	expect(VERDICTS.filter((verdict) => told(verdict).canUndo)).toEqual(["COUNTED", "FULL", "LEFT"]);
});

test("without a network nobody is named, and nothing is promised but that it is safe", () => {
	expect(tellNoted("k", "IN")).toMatchObject({ name: null, word: "Noted", canUndo: true });
	expect(aloudInRoom(tellNoted("k", "OUT"))).toBe("Noted, on the way out. It counts as soon as there is a connection.");
});
