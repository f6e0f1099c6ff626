import { describe, expect, test } from "vitest";
import { formOf } from "./card-form";
import { earlierCard, withCarried, withoutCarried, wordsToCarry } from "./carrying";

const nothing = { upTo: null, seeking: null, offering: null, askMeAbout: null, goodIntroduction: null };
const place = (id: string, startsAt: string, words: object = {}) => ({
	id,
	event: { title: `Event ${id}`, startsAt },
	card: {
		name: "Ana",
		pronouns: null as string | null,
		...nothing,
		newHere: false,
		returning: true,
		betweenThings: true,
		...words,
	},
	openToEvent: true,
	openToIntroductions: true,
});

const here = { ...place("here", "2027-04-22T09:00:00Z"), openToEvent: false, openToIntroductions: false };
here.card = { ...here.card, returning: false, betweenThings: false };
const last = place("last", "2026-04-22T09:00:00Z", { upTo: "bees", seeking: "hives", pronouns: "she/her" });

describe("the card that is offered", () => {
	test("is the latest before this event that has words", () => {
		const older = place("older", "2025-04-22T09:00:00Z", { upTo: "wasps" });
		const blank = place("blank", "2026-10-22T09:00:00Z");
		const later = place("later", "2028-04-22T09:00:00Z", { upTo: "ants" });
		expect(earlierCard([later, here, blank, older, last], here)?.id).toBe("last");
	});

	test("is none where there is none", () => {
		expect(earlierCard([here, place("blank", "2026-10-22T09:00:00Z")], here)).toBeNull();
	});
});

describe("carrying over", () => {
	test("fills what is empty and keeps what is written", () => {
		const form = formOf(here);
		form.texts.upTo = "mending clocks";
		expect(wordsToCarry(form, last).map(({ field }) => field)).toEqual(["seeking"]);
		expect(withCarried(form, last)).toMatchObject({
			pronouns: "she/her",
			texts: { upTo: "mending clocks", seeking: "hives" },
		});
	});

	test("takes no circumstance and no consent along", () => {
		const { newHere, returning, betweenThings, openToEvent, openToIntroductions } = withCarried(formOf(here), last);
		expect([newHere, returning, betweenThings, openToEvent, openToIntroductions]).toEqual(Array(5).fill(false));
	});

	test("twice is the same as once", () => {
		const once = withCarried(formOf(here), last);
		expect(withCarried(once, last)).toEqual(once);
	});

	test("can be undone, but for what was changed since", () => {
		const before = formOf(here);
		const carried = withCarried(before, last);
		expect(withoutCarried(carried, before, carried)).toEqual(before);
		const changed = { ...carried, texts: { ...carried.texts, upTo: "bees and wax" }, newHere: true };
		expect(withoutCarried(changed, before, carried)).toEqual({
			...before,
			newHere: true,
			texts: { ...before.texts, upTo: "bees and wax" },
		});
	});
});
