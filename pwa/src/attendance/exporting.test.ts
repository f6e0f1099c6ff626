import { expect, test, vi } from "vitest";
import { Exporting } from "./exporting.svelte";

test("a file that could not be made is not passed over in silence", async () => {
	const states = ["MAKING", "FAILED"];
	const json = { headers: { "content-type": "application/json" } };
	vi.stubGlobal("fetch", async () => {
		const attendanceExports = [{ id: "1", mine: true, state: states.shift() ?? "FAILED" }];
		return new Response(JSON.stringify({ data: { attendanceExports } }), json);
	});
	const exporting = new Exporting({ id: "event", slug: "day" });
	await exporting.read();
	expect(exporting.refusal).toBeNull();
	await exporting.read();
	expect(exporting.refusal).toMatch(/could not be made/);
	await exporting.read();
	exporting.close();
});

test("a lost answer is not said to be no file, and the same wish again is the same file", async () => {
	const keys: unknown[] = [];
	vi.stubGlobal("fetch", async (_: string, { body }: { body: string }) => {
		keys.push(JSON.parse(body).variables.key);
		throw new TypeError("no network");
	});
	const exporting = new Exporting({ id: "event", slug: "day" });
	await exporting.make("PEOPLE", "CSV", null);
	expect(exporting.refusal).not.toMatch(/no file/i);
	await exporting.make("PEOPLE", "CSV", null);
	expect(new Set(keys).size).toBe(1);
	exporting.close();
});
