import { expect, test, vi } from "vitest";
import { Importing } from "./importing.svelte";

test("lists that were brought in before stay in sight when more of them cannot be read", async () => {
	const past = { edges: [{ node: { id: "1" } }], pageInfo: { hasNextPage: true, endCursor: "1" } };
	const eventImports = { mostMegabytes: 5, mostRows: 9, open: null, past };
	const json = { headers: { "content-type": "application/json" } };
	const answer = async () => new Response(JSON.stringify({ data: { eventImports } }), json);
	vi.stubGlobal("fetch", answer);
	const importing = new Importing({ id: "event", slug: "day" } as ConstructorParameters<typeof Importing>[0]);
	await importing.read();
	vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no network")));
	await importing.morePast();
	expect(importing.past).toHaveLength(1);
	expect(importing.refusal).toMatch(/could not be read/);
	vi.stubGlobal("fetch", answer);
	await importing.morePast();
	expect(importing.past).toHaveLength(2);
	importing.close();
});
