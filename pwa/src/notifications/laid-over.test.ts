import { expect, test } from "vitest";
import type { Operation } from "../offline/outbox/operations";
import type { Waiting } from "../offline/outbox/waiting";
import { type Known, layOver } from "./laid-over";

const known: Known = {
	pushKey: "key",
	quietFrom: "22:00",
	quietUntil: "08:00",
	kinds: [
		{ kind: "EVENING_READY", push: true, mail: true },
		{ kind: "SWAP", push: true, mail: null },
	],
	devices: [{ id: "d", name: "A phone", subscribedAt: "", seenAt: "", isThisOne: false }],
	deliveries: [],
};
const after = (...written: Operation[]) => layOver(known, written as unknown as Waiting[]);

test("a switch changes its own way of its own kind alone, and the last tap holds", () => {
	const off = { operation: "SwitchNotice", variables: { kind: "EVENING_READY", channel: "MAIL", on: false } } as const;
	expect(after(off).kinds).toEqual([{ kind: "EVENING_READY", push: true, mail: false }, known.kinds[1]]);
	expect(after(off, { ...off, variables: { ...off.variables, on: true } })).toEqual(known);
});

test("quiet hours and devices are shown as they were chosen", () => {
	const changed = after(
		{ operation: "SetQuietHours", variables: { starts: "21:00", ends: "07:30" } },
		{ operation: "RemovePushDevice", variables: { device: "d" } },
	);
	expect(changed).toEqual({ ...known, quietFrom: "21:00", quietUntil: "07:30", devices: [] });
});

test("what is about other things changes nothing", () => {
	expect(after({ operation: "SetQuiet", variables: { quiet: true } })).toBe(known);
});
