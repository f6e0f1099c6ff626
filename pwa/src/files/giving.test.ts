// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { giveFile } from "./giving";

const file = new File(["BEGIN:VCARD"], "Ana Silva.vcf", { type: "text/vcard" });
let saved: string[] = [];

/** A phone whose share sheet takes files and ends as given; a null one has none. */
function phone(share: (() => Promise<void>) | null, { isTouched = true } = {}): void {
	vi.stubGlobal("matchMedia", () => ({ matches: isTouched }));
	vi.stubGlobal("navigator", share ? { canShare: () => true, share } : {});
}

beforeEach(() => {
	saved = [];
	vi.useFakeTimers();
	vi.stubGlobal("URL", { createObjectURL: () => "blob:here", revokeObjectURL: () => {} });
	vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
		saved.push(this.download);
	});
});

afterEach(() => {
	vi.unstubAllGlobals();
	vi.restoreAllMocks();
	vi.useRealTimers();
});

describe("a file", () => {
	test("goes through the share sheet of a phone", async () => {
		phone(() => Promise.resolve());
		expect(await giveFile(file)).toBe("shared");
		expect(saved).toEqual([]);
	});

	test("is not forced on somebody who closes the share sheet", async () => {
		phone(() => Promise.reject(new DOMException("closed", "AbortError")));
		expect(await giveFile(file)).toBe("dismissed");
		expect(saved).toEqual([]);
	});

	test("is saved where the share sheet refuses its kind after all", async () => {
		phone(() => Promise.reject(new DOMException("no", "NotAllowedError")));
		expect(await giveFile(file)).toBe("saved");
		expect(saved).toEqual(["Ana Silva.vcf"]);
	});

	test.each([
		["without a share sheet", null, true],
		["with a mouse", () => Promise.resolve(), false],
	])("is saved %s", async (_, share, isTouched) => {
		phone(share, { isTouched });
		expect(await giveFile(file)).toBe("saved");
		expect(saved).toEqual(["Ana Silva.vcf"]);
	});
});
