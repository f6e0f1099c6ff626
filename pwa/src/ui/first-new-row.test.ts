import { beforeEach, expect, test } from "vitest";
import { goOnAfter, rowsOf } from "./first-new-row";

beforeEach(() => {
	document.body.innerHTML =
		"<table><tbody><tr><td>Ana</td></tr><tr><td>Ben</td></tr></tbody></table><div><button>Show more</button></div><input>";
});
const find = (what: string) => document.querySelector<HTMLElement>(what) ?? undefined;
const list = () => document.querySelector("table");

test("whoever asked for more goes on at the first that came", () => {
	find("button")?.focus();
	goOnAfter(1, list(), find("div"));
	expect(document.activeElement?.textContent).toBe("Ben");
});

test("whoever went elsewhere meanwhile stays there, and nothing new moves nobody", () => {
	find("input")?.focus();
	goOnAfter(1, list(), find("div"));
	expect(document.activeElement).toBe(find("input"));
	find("button")?.focus();
	goOnAfter(2, list(), find("div"));
	expect(document.activeElement).toBe(find("button"));
});

test("a list within a list is no row of it", () => {
	document.body.innerHTML = "<ul><li>Ana<ul><li>her ticket</li></ul></li></ul>";
	expect(rowsOf(document.querySelector("ul"))).toHaveLength(1);
});
