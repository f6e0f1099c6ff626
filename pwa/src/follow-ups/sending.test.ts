import { afterEach, describe, expect, test, vi } from "vitest";
import { canShare, handOver, mailAddress, wayToSend } from "./sending";

afterEach(() => {
	for (const name of ["share", "canShare", "clipboard"]) Reflect.deleteProperty(navigator, name);
});

const offer = (name: string, value: unknown) =>
	Object.defineProperty(navigator, name, { value, configurable: true, writable: true });

const message = { text: "Ben, here it is.", subject: "Repair Summit", email: "ben@demo.example" };

describe("the way a draft is sent", () => {
	test("is the phone's own sheet where there is one", () => {
		expect(wayToSend({ canShare: true, email: "ben@demo.example" })).toBe("share");
	});

	test("is mail where an address is shared, else a copy", () => {
		expect(wayToSend({ canShare: false, email: "ben@demo.example" })).toBe("mail");
		expect(wayToSend({ canShare: false, email: null })).toBe("copy");
	});

	test("asks the sheet whether it takes text", () => {
		expect(canShare("a")).toBe(false);
		offer("share", async () => undefined);
		expect(canShare("a")).toBe(true);
		offer("canShare", () => false);
		expect(canShare("a")).toBe(false);
	});
});

test("a mail's address carries any words and keeps a plus", () => {
	expect(mailAddress("ben+a b@demo.example", "Repair & co", "50% “done”?\nBen & I = #1")).toBe(
		"mailto:ben+a%20b@demo.example?subject=Repair%20%26%20co&body=50%25%20%E2%80%9Cdone%E2%80%9D%3F%0D%0ABen%20%26%20I%20%3D%20%231",
	);
});

describe("handing over", () => {
	test("gives the sheet the words and nothing else", async () => {
		const share = vi.fn(async () => undefined);
		offer("share", share);
		expect(await handOver("share", message)).toBe("sent");
		expect(share).toHaveBeenCalledWith({ text: message.text });
	});

	test("is called off by closing the sheet", async () => {
		offer("share", () => Promise.reject(new DOMException("", "AbortError")));
		expect(await handOver("share", message)).toBe("called-off");
	});

	test("is refused where the browser will not copy", async () => {
		offer("clipboard", { writeText: () => Promise.reject(new DOMException("", "NotAllowedError")) });
		expect(await handOver("copy", message)).toBe("refused");
		offer("clipboard", undefined);
		expect(await handOver("copy", message)).toBe("refused");
	});
});
