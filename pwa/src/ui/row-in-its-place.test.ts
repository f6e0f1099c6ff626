import { beforeEach, expect, test } from "vitest";
import { goOnInPlaceOf } from "./row-in-its-place.svelte";

beforeEach(() => {
	document.body.innerHTML = "<h2>Let in twice</h2><ul><li>Ana</li><li>Ben</li><li>Cem</li></ul><input>";
});
const find = (what: string) => document.querySelector<HTMLElement>(what) ?? undefined;
const focused = () => document.activeElement?.textContent;

test("whoever put a row away goes on at the next one, at the end at the last, and after all at the heading", () => {
	goOnInPlaceOf(1, find("ul"), find("h2"));
	expect(focused()).toBe("Ben");
	(document.activeElement as HTMLElement).blur();
	goOnInPlaceOf(3, find("ul"), find("h2"));
	expect(focused()).toBe("Cem");
	(document.activeElement as HTMLElement).blur();
	find("ul")?.remove();
	goOnInPlaceOf(0, undefined, find("h2"));
	expect(focused()).toBe("Let in twice");
});

test("whoever went elsewhere meanwhile stays there", () => {
	find("input")?.focus();
	goOnInPlaceOf(0, find("ul"), find("h2"));
	expect(document.activeElement).toBe(find("input"));
});
