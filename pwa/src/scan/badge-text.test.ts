import { describe, expect, test } from "vitest";
import { notABadgeInWords, readCode, readTyped } from "./badge-text";

const HOST = "meet.example.org";
const TOKEN = "01JD9Q6Z3K7H8M2N4P5R6S7T8V";
const badge = { kind: "badge", badge: TOKEN };
const not = (reason: string, place?: string) => ({ kind: "not-a-badge", reason, ...(place && { place }) });
const words = (text: string, host = HOST) => {
	const reading = readCode(text, host);
	return reading.kind === "badge" ? "a badge" : notABadgeInWords(reading);
};

describe("a code read by the camera", () => {
	test.each([
		`HTTPS://MEET.EXAMPLE.ORG/B/${TOKEN}`,
		`https://meet.example.org/B/${TOKEN}`,
		`https://Meet.Example.org/b/${TOKEN.toLowerCase()}`,
		`https://meet.example.org:443/B/${TOKEN}`,
		`  https://meet.example.org/B/${TOKEN}\n`,
	])("is a badge when it is one of ours: %j", (text) => {
		expect(readCode(text, HOST)).toEqual(badge);
	});

	test("is a badge on a port of our own, and on no other", () => {
		expect(readCode(`HTTP://LOCALHOST:8765/B/${TOKEN}`, "localhost:8765")).toEqual(badge);
		expect(readCode(`HTTP://LOCALHOST:8766/B/${TOKEN}`, "localhost:8765")).toEqual(not("look-alike"));
		expect(readCode(`HTTP://LOCALHOST/B/${TOKEN}`, "localhost:8765")).toEqual(not("look-alike"));
	});

	test("is a badge where the host's own name is of another script", () => {
		expect(readCode(`HTTPS://XN--MLLER-KVA.EXAMPLE/B/${TOKEN}`, "xn--mller-kva.example")).toEqual(badge);
	});

	test.each([
		["a letter off", `https://meet.examp1e.org/B/${TOKEN}`],
		["a letter more", `https://meet.examples.org/B/${TOKEN}`],
		["a pair for a letter", `https://rneet.example.org/B/${TOKEN}`],
		["a letter of another script", `https://meet.exаmple.org/B/${TOKEN}`],
		["letters of full width", `https://ｍeet.example.org/B/${TOKEN}`],
		["a dot too many", `https://meet.example.org./B/${TOKEN}`],
		["another port", `https://meet.example.org:8443/B/${TOKEN}`],
		["our host as the start of another", `https://meet.example.org.evil.example/B/${TOKEN}`],
		["our host as the end of another", `https://evilmeet.example.org/B/${TOKEN}`],
		["our host as a user's name", `https://meet.example.org@evil.example/B/${TOKEN}`],
		["a user's name before our host", `https://evil.example@meet.example.org/B/${TOKEN}`],
		["a user's name and a word", `https://meet.example.org:443@evil.example/B/${TOKEN}`],
		["a backslash", `https://evil.example\\@meet.example.org/B/${TOKEN}`],
		["an encoded host", `https://meet%2eexample.org/B/${TOKEN}`],
		["a host after two slashes", `//meet.example.org/B/${TOKEN}`],
		["white space inside", `https://meet.example.org\t/B/${TOKEN}`],
	])("only looks like ours with %s", (_, text) => {
		expect(readCode(text, HOST)).toEqual(not("look-alike"));
	});

	test.each([
		["https://pretix.example/fair/", "elsewhere", "pretix.example"],
		["http://192.0.2.7:8080/", "elsewhere", "192.0.2.7:8080"],
		["https://пример.example/", "elsewhere", "xn--e1afmkfd.example"],
		["https:\\\\evil.example\\", "elsewhere", "evil.example"],
		["https://evil.example/?next=meet.example.org", "elsewhere", "evil.example"],
		[`https://evil.example/${"A".repeat(4096)}`, "elsewhere", "evil.example"],
		[`HTTPS://MAKERS.EXAMPLE/B/${TOKEN}`, "another-handsel", "makers.example"],
	])("leads to another place: %j", (text, reason, place) => {
		expect(readCode(text, HOST)).toEqual(not(reason, place));
	});

	test("leads nowhere that can be named when its host is none", () => {
		expect(readCode("https://[evil", HOST)).toEqual(not("elsewhere"));
		expect(words("https://[evil")).toBe("This leads to another website and not to a badge. It was not opened.");
	});

	test.each([
		["WIFI:T:WPA;S:Venue;P:secret;;", "a Wi-Fi code"],
		[" wifi:S:https://meet.example.org/B/;;", "a Wi-Fi code"],
		[`BEGIN:VCARD\nVERSION:3.0\nURL:https://meet.example.org/B/${TOKEN}\nEND:VCARD`, "a contact card"],
		[`BEGIN:VCARD\n${"NOTE:x\n".repeat(600)}END:VCARD`, "a contact card"],
		["MECARD:N:Okafor,Ben;;", "a contact card"],
		["tel:+491511234567", "a phone number"],
		["SMSTO:+491511234567:hello there", "a text message"],
		["mailto:ben@example.org", "a mail address"],
		["otpauth://totp/Bank?secret=JBSWY3DPEHPK3PXP", "a secret code for signing in"],
		["geo:38.72,-9.14", "a place on a map"],
		["BEGIN:VEVENT\nSUMMARY:Fair\nEND:VEVENT", "a calendar entry"],
		["BCD\n002\n1\nSCT\n\nBen\nDE00", "a payment code"],
		["javascript:alert(1)//meet.example.org/B/", "a small program"],
		[`data:text/html,<script>location='https://meet.example.org/B/${TOKEN}'</script>`, "a small program"],
		["myapp://meet.example.org/B/", "a link into another app"],
		["intent:#Intent;scheme=https;end", "a link into another app"],
		["See you at the bar", "plain text"],
		["Tonight: the bar", "plain text"],
		[TOKEN, "plain text"],
		["23456789", "plain text"],
		[`\u202ehttps://meet.example.org/B/${TOKEN}`, "plain text"],
		["A".repeat(4096), "a long text"],
		["\u0000\u0001\u0002PK\u0003\u0004", "a code for machines"],
		["caf\ufffd", "a code for machines"],
		["", "an empty code"],
		[" \n", "an empty code"],
	])("is told for what it is: %j", (text, what) => {
		expect(words(text)).toMatch(new RegExp(`^This is ${what}, not a badge\\.`));
	});

	test.each(["23456789AB", "23456789ab", "https://meet.example.org/T/23456789AB"])(
		"is told apart when it is a ticket: %s",
		(text) => {
			expect(readCode(text, HOST)).toEqual(not("ticket"));
		},
	);

	test.each([
		"https://meet.example.org",
		"https://meet.example.org/",
		"https://meet.example.org/B",
		"https://meet.example.org/B/short",
		`https://meet.example.org/B/${TOKEN}/more`,
		`https://meet.example.org/x/B/${TOKEN}`,
		`https://meet.example.org/B/${TOKEN.replace("0", "U")}`,
		`https://meet.example.org/B/${TOKEN}?next=https://evil.example`,
		`https://meet.example.org/B/${TOKEN}#evil`,
		`https://meet.example.org/B/${TOKEN}${"A".repeat(4096)}`,
	])("is no badge at other addresses of ours: %s", (text) => {
		expect(readCode(text, HOST)).toEqual(not("link"));
	});
});

describe("a refusal", () => {
	test("names the place that a link leads to, and says that it was not opened", () => {
		expect(words("https://pretix.example/fair")).toBe(
			"This leads to another website, \u2068pretix.example\u2069, and not to a badge. It was not opened.",
		);
		expect(words(`https://makers.example/B/${TOKEN}`)).toContain("another Handsel, at \u2068makers.example\u2069");
	});

	test("shows the end of a long host alone, which says whose it is", () => {
		const shown = words(`https://${"meetings.".repeat(20)}evil.example/`);
		expect(shown).toMatch(/…\u2060[a-z.]{10,24}evil\.example\u2069/);
	});

	test("holds nothing else of the code", () => {
		const secret = "JBSWY3DPEHPK3PXP";
		const codes = [`otpauth://totp/x?secret=${secret}`, `https://evil.example/${secret}`, `WIFI:P:${secret};;`, secret];
		for (const text of codes) expect(words(text)).not.toContain(secret);
	});

	test("has no control character, whatever the host was written with", () => {
		expect(words("https://evil\u202e.example/")).not.toMatch(/\p{Cc}|[\u202a-\u202e]/u);
	});
});

describe("a typed code", () => {
	test.each(["23457XYZ", "2345 7xyz", " 2345-7XYZ ", "2345‑7xyz", "2 3 4 5 7 X Y Z"])(
		"is forgiven its spacing: %j",
		(text) => {
			expect(readTyped(text, HOST)).toEqual({ kind: "badge", badge: "23457XYZ" });
		},
	);

	test("may be the badge's whole address", () => {
		expect(readTyped(`https://meet.example.org/B/${TOKEN}`, HOST)).toEqual(badge);
		expect(readTyped(`https://evil.example/B/${TOKEN}`, HOST)).toEqual(not("another-handsel", "evil.example"));
	});

	test.each([
		["", "empty"],
		[" - ", "empty"],
		["23456780", "odd-character"],
		["2345678V", "odd-character"],
		["2345678", "wrong-length"],
		["234567899", "wrong-length"],
		["23456789AB", "ticket"],
		["A".repeat(5000), "wrong-length"],
	])("that is %j is refused as %s", (text, reason) => {
		expect(readTyped(text, HOST)).toEqual(not(reason));
	});
});

test("every refusal is a sentence", () => {
	const reasons = ["elsewhere", "look-alike", "another-handsel", "ticket", "link", "empty", "odd-character"] as const;
	for (const reason of reasons) expect(notABadgeInWords({ kind: "not-a-badge", reason })).toMatch(/^[A-Z].*\.$/);
});
