import { expect, test } from "vitest";
import { isWebLink } from "./web-link";

test.each(["https://example.org/ben", "http://example.org"])("%s may be followed", (text) => {
	expect(isWebLink(text)).toBe(true);
});

test.each([
	"javascript:alert(1)",
	"data:text/html,x",
	"https://example.org@evil.example",
	"/relative",
	"",
	"mailto:a@b.c",
])("%j is only text", (text) => {
	expect(isWebLink(text)).toBe(false);
});
