import { describe, expect, test } from "vitest";
import { fieldsInWords, ownDetails, usualFields } from "./usual-fields";

const nobody = { email: "ana@home.example", contact: { email: null, phone: null, links: [] } };
const ana = {
	email: "ana@home.example",
	contact: { email: "ana@work.example", phone: "+351 1", links: ["https://ana.example", "https://more.example"] },
};

describe("what can be shared", () => {
	test("is what is written down, and the sign-in address where no other is", () => {
		expect(ownDetails(nobody)).toEqual([{ field: "EMAIL", name: "Mail", value: "ana@home.example" }]);
		expect(ownDetails(ana).map(({ value }) => value)).toEqual([
			"ana@work.example",
			"+351 1",
			"https://ana.example, https://more.example",
		]);
	});
});

describe("what is shared in one tap", () => {
	test("is what was chosen last", () => {
		expect(usualFields({ ...ana, sharing: { always: false, fields: ["PHONE", "LINKS"] } })).toEqual(["PHONE", "LINKS"]);
	});

	test("leaves out what is not written down any more", () => {
		expect(usualFields({ ...nobody, sharing: { always: false, fields: ["PHONE", "EMAIL"] } })).toEqual(["EMAIL"]);
	});

	test("is the mail where nothing else is left", () => {
		expect(usualFields({ ...nobody, sharing: { always: false, fields: ["PHONE"] } })).toEqual(["EMAIL"]);
	});

	test("is said in words", () => {
		expect(fieldsInWords(["PHONE"])).toBe("phone");
		expect(fieldsInWords(["LINKS", "EMAIL", "PHONE"])).toBe("mail, phone, and links");
	});
});
