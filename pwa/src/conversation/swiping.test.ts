import { afterEach, expect, test, vi } from "vitest";
import { swiping } from "./swiping";

const onleft = vi.fn();
const onright = vi.fn();
let stop: (() => void) | undefined;
afterEach(() => {
	stop?.();
	vi.clearAllMocks();
});

/** A finger (or a mouse) goes from one point to another on the stage. */
function drag(by: { across: number; along?: number; type?: string; ends?: "pointerup" | "pointercancel" }): void {
	const { across, along = 0, type = "touch", ends = "pointerup" } = by;
	const stage = document.createElement("div");
	stop = swiping({ onleft, onright })(stage) as () => void;
	const finger = { pointerId: 7, pointerType: type, isPrimary: true, bubbles: true };
	stage.dispatchEvent(new PointerEvent("pointerdown", { ...finger, clientX: 200, clientY: 300 }));
	window.dispatchEvent(new PointerEvent(ends, { ...finger, clientX: 200 + across, clientY: 300 + along }));
}

test("a finger to the left goes on", () => {
	drag({ across: -80 });
	expect([onleft.mock.calls.length, onright.mock.calls.length]).toEqual([1, 0]);
});

test("a finger to the right goes back", () => {
	drag({ across: 80, along: 20 });
	expect([onleft.mock.calls.length, onright.mock.calls.length]).toEqual([0, 1]);
});

test.each([
	["a tap", { across: 3 }],
	["scrolling", { across: -60, along: 200 }],
	["a mouse that selects text", { across: -120, type: "mouse" }],
	["a touch that the browser took for scrolling", { across: -120, ends: "pointercancel" as const }],
])("%s does neither", (_, by) => {
	drag(by);
	expect([onleft.mock.calls.length, onright.mock.calls.length]).toEqual([0, 0]);
});
