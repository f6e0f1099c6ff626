import { expect, test } from "vitest";
import { countGraphemes, initialOf } from "./graphemes";

test("letters are counted as people count them", () => {
	expect(countGraphemes("Zoë")).toBe(3);
	expect(countGraphemes("Zoe\u0308")).toBe(3);
	expect(countGraphemes("👩‍👧‍👦!")).toBe(2);
});

test("an initial is the first letter, in capitals", () => {
	expect(initialOf(" ana")).toBe("A");
	expect(initialOf("李 文")).toBe("李");
	expect(initialOf("")).toBe("·");
});
