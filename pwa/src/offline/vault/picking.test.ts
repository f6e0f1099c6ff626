// @vitest-environment node
import { describe, expect, test } from "vitest";
import picks from "../../../../tests/vault/picks.json";
import { bytesOfHex, type Candidate, type Side } from "./format";
import { pick, sideOf } from "./picking";

const entries = picks.entries as Record<string, Candidate[]>;

describe("picking prompts without a network", () => {
	test.each(picks.sides)("side $side", ({ mine, theirs, side }) => {
		expect(sideOf(bytesOfHex(mine), bytesOfHex(theirs))).toBe(side);
	});

	test.each(picks.cases)("$about", ({ entry, side, asked, picked }) => {
		const keys = pick(entries[entry] ?? [], side as Side, new Set(asked)).map(({ key }) => key);
		expect(keys).toEqual(picked);
	});
});
