import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { go, goBack, router, startRouter } from "./router.svelte";

let stop: () => void;
beforeEach(() => {
	stop = startRouter();
});
afterEach(() => {
	stop();
	document.body.innerHTML = "";
	go("/");
});

/** A link as a screen would write it; answers whether the browser was left to follow it. */
function press(html: string, modifiers: MouseEventInit = {}): boolean {
	document.body.innerHTML = html;
	const event = new MouseEvent("click", { bubbles: true, cancelable: true, button: 0, ...modifiers });
	let isLeft = true;
	const watch = (seen: Event) => {
		isLeft = !seen.defaultPrevented;
		seen.preventDefault();
	};
	window.addEventListener("click", watch);
	document.querySelector("a *, a")?.dispatchEvent(event);
	window.removeEventListener("click", watch);
	return isLeft;
}

describe("links", () => {
	test("a plain link to an address of the app moves inside the app", () => {
		expect(press('<a href="/you"><span>You</span></a>')).toBe(false);
		expect(router.place.match?.name).toBe("you");
	});

	test.each([
		["to the server", '<a href="/events/demo/badges.pdf">x</a>', {}],
		["elsewhere", '<a href="https://elsewhere.example/you">x</a>', {}],
		["to a new window", '<a href="/you" target="_blank">x</a>', {}],
		["to save", '<a href="/you" download>x</a>', {}],
		["with a key held", '<a href="/you">x</a>', { ctrlKey: true }],
	])("a link %s is the browser's", (_, html, modifiers) => {
		expect(press(html, modifiers)).toBe(true);
		expect(router.place.match?.name).toBe("today");
	});
});

describe("go", () => {
	test("going to the same address again counts as a move", () => {
		const { visit } = router.place;
		go("/");
		expect(router.place.visit).toBe(visit + 1);
	});

	test("what is passed along stays with the place", () => {
		go("/scan", { state: { from: "shortcut" } });
		expect(router.place.state).toEqual({ from: "shortcut" });
	});

	test("an address the app does not know has no match", () => {
		go("/nowhere");
		expect(router.place.match).toBeNull();
	});

	test("going back without having come from here leads where it is said to", () => {
		const fresh = { ...router.place, visit: 0 };
		router.place = fresh;
		goBack("/evening");
		expect(router.place.path).toBe("/evening");
	});
});
