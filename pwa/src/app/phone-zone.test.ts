import { expect, test } from "vitest";
import { zoneToTell } from "./phone-zone";

test("a phone that has come to another zone says so", () => {
	expect(zoneToTell("UTC", "Asia/Kathmandu", null)).toBe("Asia/Kathmandu");
});

test.each([
	["the zone is known already", "Europe/Lisbon", "Europe/Lisbon", null],
	["the browser tells none", "Europe/Lisbon", undefined, null],
	["the server did not know that zone", "UTC", "Etc/Unknown", "Etc/Unknown"],
])("nothing is told where %s", (_, known, phone, refused) => {
	expect(zoneToTell(known, phone, refused)).toBeNull();
});
