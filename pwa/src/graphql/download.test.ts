// @vitest-environment node
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { createClient } from "./client";
import { download } from "./download";

const ZIP = "application/zip";
let server: Server | undefined;

/** The address of a real server that answers so. */
async function answering(listener: RequestListener): Promise<string> {
	server = createServer(listener);
	await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}/me/export`;
}

const refusing = (status: number, sentence: string) =>
	answering((_, response) => response.writeHead(status, { "content-type": "text/plain" }).end(sentence));

afterEach(async () => {
	server?.closeAllConnections();
	await new Promise((resolve) => server?.close(resolve) ?? resolve(null));
	server = undefined;
});

describe("a file", () => {
	test("comes with its name, its bytes and how far it is", async () => {
		let asked: unknown;
		const url = await answering((request, response) => {
			asked = request.headers["handsel-client"];
			response.writeHead(200, {
				"content-type": ZIP,
				"content-length": 6,
				"content-disposition": 'attachment; filename="handsel-2027-04-22.zip"',
			});
			response.write("one");
			setTimeout(() => response.end("two"), 20);
		});
		const parts: number[] = [];

		const outcome = await download(url, ZIP, { onProgress: (part) => parts.push(part) });

		expect(asked).toBe("pwa");
		if (outcome.kind !== "data") throw new Error(outcome.kind);
		expect(outcome.data.name).toBe("handsel-2027-04-22.zip");
		expect(await outcome.data.bytes.text()).toBe("onetwo");
		expect(parts).toEqual([0.5, 1]);
	});

	test("asked for too often is told in the server's own words", async () => {
		const outcome = await download(await refusing(429, "Try again in an hour.\n"), ZIP);
		expect(outcome).toMatchObject({ kind: "problem", problem: { message: "Try again in an hour." } });
	});

	test("is asked for by POST where fetching it is more than looking", async () => {
		let method: string | undefined;
		const url = await answering((request, response) => {
			method = request.method;
			response.writeHead(200, { "content-type": ZIP }).end("one");
		});
		expect((await download(url, ZIP, { method: "POST" })).kind).toBe("data");
		expect(method).toBe("POST");
	});

	test("that has changed meanwhile is told in the server's own words", async () => {
		const outcome = await download(await refusing(409, "A badge was replaced.\n"), ZIP);
		expect(outcome).toMatchObject({ kind: "problem", problem: { name: "Changed", message: "A badge was replaced." } });
	});

	test.each([
		[401, "signed-out"],
		[403, "forbidden"],
		[404, "missing"],
		[500, "broken"],
	])("refused with %d is %s", async (status, reason) => {
		const outcome = await download(await refusing(status, "no"), ZIP);
		expect(outcome).toMatchObject({ kind: "failed", failure: { reason } });
	});

	test("without a database behind the server is as one without a network", async () => {
		expect(await download(await refusing(503, "away"), ZIP)).toEqual({ kind: "offline" });
	});

	test("that is a captive portal's page is none", async () => {
		const url = await answering((_, response) => response.writeHead(200, { "content-type": "text/html" }).end("Hi"));
		expect(await download(url, ZIP)).toEqual({ kind: "offline" });
	});

	test("that stops coming is given up", async () => {
		const url = await answering((_, response) => {
			response.writeHead(200, { "content-type": ZIP, "content-length": 6 });
			response.write("one");
		});
		expect(await download(url, ZIP, { patience: 50 })).toEqual({ kind: "offline" });
	});

	test("that breaks off is none", async () => {
		const url = await answering((_, response) => {
			response.writeHead(200, { "content-type": ZIP, "content-length": 6 });
			response.write("one", () => response.destroy());
		});
		expect(await download(url, ZIP)).toEqual({ kind: "offline" });
	});

	test("asked for without a session leads to signing in", async () => {
		const client = createClient("/graphql");
		const reasons: string[] = [];
		client.onFailure(({ reason }) => reasons.push(reason));
		await client.download(await refusing(401, "Sign in first."), ZIP);
		expect(reasons).toEqual(["signed-out"]);
	});
});
