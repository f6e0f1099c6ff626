import { expect, test } from "vitest";
import { shellName } from "./shell";

const file = (url: string, revision: string) => ({ url, revision, isHashed: false });

test("the shell's name changes when any file's content or name does", () => {
	const name = shellName([file("/index.html", "1"), file("/favicon.svg", "1")]);
	expect(shellName([file("/index.html", "1"), file("/favicon.svg", "1")])).toBe(name);
	expect(shellName([file("/index.html", "2"), file("/favicon.svg", "1")])).not.toBe(name);
	expect(shellName([file("/index.htm", "1"), file("/favicon.svg", "1")])).not.toBe(name);
});
