import { expect, test } from "vitest";
import { outcomeInWords } from "./wording";

test("a line of the log says which way it went and what became of it", () => {
	expect(outcomeInWords({ channel: "PUSH", device: "Firefox on Linux", state: "SENT" })).toBe(
		"Push to Firefox on Linux: sent",
	);
	expect(outcomeInWords({ channel: "MAIL", device: null, state: "QUIET" })).toBe("Mail: not sent: your quiet hours");
});
