import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { listenForWedge, listenInFields, WedgeReader } from "./wedge";

/** Types the keys so many milliseconds apart and answers what was read. */
function typed(keys: readonly string[], apart: number): string[] {
	const reader = new WedgeReader();
	return keys.map((key, index) => reader.take(key, index * apart)).filter((code) => code !== null);
}

describe("a scanner that types", () => {
	test("is read when Enter or Tab ends it", () => {
		expect(typed([..."7KQ2M9XWRT", "Enter"], 10)).toEqual(["7KQ2M9XWRT"]);
		expect(typed([..."7KQ2M9XWRT", "Tab"], 10)).toEqual(["7KQ2M9XWRT"]);
	});

	test("may press Shift between its characters", () => {
		expect(typed(["a", "Shift", "B", "Shift", "C", "d", "Enter"], 10)).toEqual(["aBCd"]);
	});

	test("is not somebody typing by hand", () => {
		expect(typed([..."7KQ2M9XWRT", "Enter"], 150)).toEqual([]);
	});

	test("is not a lone key before Enter", () => {
		expect(typed(["j", "Enter"], 10)).toEqual([]);
	});

	test("begins anew after a pause", () => {
		const reader = new WedgeReader();
		[..."lost"].forEach((key, index) => {
			reader.take(key, index * 10);
		});
		[..."7KQ2M9XWRT"].forEach((key, index) => {
			reader.take(key, 500 + index * 10);
		});
		expect(reader.take("Enter", 610)).toBe("7KQ2M9XWRT");
	});

	test("may send one code right after another", () => {
		expect(typed([..."AAAA", "Enter", ..."BBBB", "Enter"], 10)).toEqual(["AAAA", "BBBB"]);
	});
});

describe("on the screen", () => {
	let read: string[];
	let stop: () => void;

	beforeEach(() => {
		read = [];
		stop = listenForWedge((code) => read.push(code));
	});
	afterEach(() => {
		stop();
		document.body.innerHTML = "";
	});

	function type(target: Element, keys: readonly string[]): KeyboardEvent[] {
		return keys.map((key) => {
			const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
			target.dispatchEvent(event);
			return event;
		});
	}

	test("it is heard anywhere, and its Enter presses nothing", () => {
		document.body.innerHTML = "<button>Next</button>";
		const button = document.querySelector("button") as HTMLButtonElement;
		const events = type(button, [..."7KQ2M9XWRT", "Enter"]);
		expect(read).toEqual(["7KQ2M9XWRT"]);
		expect(events.at(-1)?.defaultPrevented).toBe(true);
	});

	test("Enter alone still presses what has the focus", () => {
		expect(type(document.body, ["Enter"])[0]?.defaultPrevented).toBe(false);
	});

	test("it is left to a field that is being written in", () => {
		document.body.innerHTML = "<input>";
		type(document.querySelector("input") as HTMLInputElement, [..."7KQ2M9XWRT", "Enter"]);
		expect(read).toEqual([]);
	});

	test("the same code twice in one pull of the trigger is one read", () => {
		for (const code of ["7KQ2M9XWRT", "7KQ2M9XWRT", "AAAABBBBCC"]) type(document.body, [...code, "Enter"]);
		expect(read).toEqual(["7KQ2M9XWRT", "AAAABBBBCC"]);
	});

	test("in a field for a name it leaves no code and submits nothing", () => {
		document.body.innerHTML = "<form><input></form>";
		const [form, input] = [document.querySelector("form"), document.querySelector("input")];
		if (form === null || input === null) throw new Error("no form");
		const stopInFields = listenInFields(form, (code) => read.push(code));
		input.value = "Ana 7KQ2M9XWRT";
		const events = type(input, [..."7KQ2M9XWRT", "Enter"]);
		expect(read).toEqual(["7KQ2M9XWRT"]);
		expect(input.value).toBe("Ana ");
		expect(events.at(-1)?.defaultPrevented).toBe(true);
		for (const written of ["Ana", "Ana Duarte", "ana1985@example.org"])
			expect(type(input, [...written, "Enter"]).at(-1)?.defaultPrevented).toBe(false);
		stopInFields();
	});

	test("it is no longer heard once the door is left", () => {
		stop();
		type(document.body, [..."7KQ2M9XWRT", "Enter"]);
		expect(read).toEqual([]);
	});
});
