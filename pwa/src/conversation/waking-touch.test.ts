import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { isByReader, WakingTouch } from "./waking-touch";

const touch = new WakingTouch();
const pressed = vi.fn();
let button: HTMLButtonElement;

beforeEach(() => {
	vi.useFakeTimers();
	pressed.mockClear();
	button = document.createElement("button");
	for (const name of ["pointerup", "click"]) button.addEventListener(name, pressed);
	document.body.replaceChildren(button);
});
afterEach(() => {
	touch.end();
	vi.useRealTimers();
});

const give = (name: string) => button.dispatchEvent(new PointerEvent(name, { bubbles: true, cancelable: true }));

test("the touch that wakes presses nothing, and the next one does", () => {
	touch.swallow(new PointerEvent("pointerdown", { cancelable: true }));
	give("pointerup");
	give("click");
	expect(pressed).not.toHaveBeenCalled();

	give("pointerdown");
	give("pointerup");
	give("click");
	expect(pressed).toHaveBeenCalledTimes(2);
});

test("a touch that became scrolling leaves the next press alone", () => {
	touch.swallow(new PointerEvent("pointerdown"));
	give("pointercancel");
	give("click");
	expect(pressed).toHaveBeenCalledTimes(1);
});

test("a touch without a click leaves a screen reader's press alone", () => {
	touch.swallow(new PointerEvent("pointerdown"));
	give("pointerup");
	vi.advanceTimersByTime(1_000);
	give("click");
	expect(pressed).toHaveBeenCalledTimes(1);
});

test.each([
	["a finger", { width: 23, height: 23, pressure: 0.5, pointerType: "touch" }, false],
	["a mouse", { width: 1, height: 1, pressure: 0.5, pointerType: "mouse" }, false],
	["a reader on an iPhone", { width: 0, height: 0, pressure: 0, pointerType: "touch" }, true],
	["a reader on Android", { width: 1, height: 1, pressure: 0, pointerType: "mouse" }, true],
])("%s is told from the others", (_, given, expected) => {
	expect(isByReader(given as PointerEvent)).toBe(expected);
});
