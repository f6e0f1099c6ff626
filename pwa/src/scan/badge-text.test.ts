import { describe, expect, test } from "vitest";
import { notABadgeInWords, readCode, readTyped } from "./badge-text";

const HOST = "meet.example.org";
const TOKEN = "01JD9Q6Z3K7H8M2N4P5R6S7T8V";
const badge = { kind: "badge", badge: TOKEN };
const not = (reason: string) => ({ kind: "not-a-badge", reason });

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
		expect(readCode(`HTTP://LOCALHOST:8766/B/${TOKEN}`, "localhost:8765")).toEqual(not("another-place"));
		expect(readCode(`HTTP://LOCALHOST/B/${TOKEN}`, "localhost:8765")).toEqual(not("another-place"));
	});

	test.each([
		["another host", `https://other.example.org/B/${TOKEN}`],
		["a look-alike host", `https://meet.examp1e.org/B/${TOKEN}`],
		["a host of another script", `https://meet.exаmple.org/B/${TOKEN}`],
		["our host as the start of another", `https://meet.example.org.evil.example/B/${TOKEN}`],
		["our host as the end of another", `https://evilmeet.example.org/B/${TOKEN}`],
		["our host as a user's name", `https://meet.example.org@evil.example/B/${TOKEN}`],
		["a user's name before our host", `https://evil.example@meet.example.org/B/${TOKEN}`],
		["a user's name and a word", `https://meet.example.org:443@evil.example/B/${TOKEN}`],
		["a backslash", `https://evil.example\\@meet.example.org/B/${TOKEN}`],
		["an encoded host", `https://meet%2eexample.org/B/${TOKEN}`],
		["a host after two slashes", `//meet.example.org/B/${TOKEN}`],
		["a query", `https://meet.example.org/B/${TOKEN}?next=https://evil.example`],
		["a fragment", `https://meet.example.org/B/${TOKEN}#evil`],
		["white space inside", `https://meet.example.org\t/B/${TOKEN}`],
	])("leads elsewhere with %s", (_, text) => {
		expect(readCode(text, HOST)).toEqual(not("another-place"));
	});

	test.each([
		["a script", "javascript:alert(1)//meet.example.org/B/"],
		["data", `data:text/html,<script>location='https://meet.example.org/B/${TOKEN}'</script>`],
		["words", "See you at the bar"],
		["nothing", ""],
		["a bare token", TOKEN],
		["a typed code", "23456789"],
		["another scheme", `ftp://meet.example.org/B/${TOKEN}`],
		["four kilobytes", "A".repeat(4096)],
		["a badge with four kilobytes behind it", `https://meet.example.org/B/${TOKEN}${"A".repeat(4096)}`],
	])("is foreign when it holds %s", (_, text) => {
		expect(readCode(text, HOST)).toEqual(not("foreign"));
	});

	test.each(["WIFI:T:WPA;S:Venue;P:secret;;", " wifi:S:https://meet.example.org/B/;;"])(
		"is told apart when it is for Wi-Fi: %s",
		(text) => {
			expect(readCode(text, HOST)).toEqual(not("wifi"));
		},
	);

	test.each([
		`BEGIN:VCARD\nVERSION:3.0\nURL:https://meet.example.org/B/${TOKEN}\nEND:VCARD`,
		"MECARD:N:Okafor,Ben;;",
		`BEGIN:VCARD\n${"NOTE:x\n".repeat(600)}END:VCARD`,
	])("is told apart when it is a contact card", (text) => {
		expect(readCode(text, HOST)).toEqual(not("contact"));
	});

	test.each(["23456789AB", "https://meet.example.org/T/23456789AB"])(
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
	])("is no badge at other addresses of ours: %s", (text) => {
		expect(readCode(text, HOST)).toEqual(not("link"));
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
		expect(readTyped(`https://evil.example/B/${TOKEN}`, HOST)).toEqual(not("another-place"));
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
	for (const reason of ["another-place", "ticket", "link", "wifi", "contact", "foreign", "empty"] as const) {
		expect(notABadgeInWords(reason)).toMatch(/^[A-Z].*\.$/);
	}
});
