// @vitest-environment node
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { type Client, createClient } from "./client";
import { Me, RequestSignIn, SignIn, UpdateCard } from "./documents.generated";
import type { Failure } from "./outcome";

interface Answer {
	readonly status?: number;
	readonly type?: string;
	readonly body: string;
	/** Milliseconds before it comes. */
	readonly after?: number;
	readonly location?: string;
	readonly retryAfter?: string;
}

interface Asked {
	readonly headers: IncomingMessage["headers"];
	readonly body: { documentId: string; variables: unknown; query?: string };
}

let server: Server | undefined;
let asked: Asked[] = [];

/** A real server that gives one answer to everything. */
async function answering({
	status = 200,
	type = "application/graphql-response+json",
	...answer
}: Answer): Promise<Client> {
	asked = [];
	server = createServer(async (request, response) => {
		let text = "";
		for await (const chunk of request) text += chunk;
		asked.push({ headers: request.headers, body: JSON.parse(text) });
		setTimeout(() => {
			if (answer.location) response.setHeader("location", answer.location);
			if (answer.retryAfter) response.setHeader("retry-after", answer.retryAfter);
			response.writeHead(status, { "content-type": type }).end(answer.body);
		}, answer.after ?? 0);
	});
	await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
	return createClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`);
}

const data = (value: unknown) => JSON.stringify({ data: value });
const error = (extensions: object) => JSON.stringify({ data: null, errors: [{ message: "inner words", extensions }] });

afterEach(async () => {
	server?.closeAllConnections();
	await new Promise((resolve) => server?.close(resolve) ?? resolve(null));
	server = undefined;
});

describe("what is sent", () => {
	test("is the document's id and the variables, with the header of the app and no query text", async () => {
		const client = await answering({ body: data({ requestSignIn: { message: "Sent.", attempt: "a" } }) });

		await client.send(RequestSignIn, { email: "ana@demo.example" });

		expect(asked[0]?.body).toEqual({ documentId: RequestSignIn.id, variables: { email: "ana@demo.example" } });
		expect(asked[0]?.body.documentId).toMatch(/^sha256:[0-9a-f]{64}$/);
		expect(asked[0]?.headers["handsel-client"]).toBe("pwa");
		expect(asked[0]?.headers.accept).toContain("application/graphql-response+json");
	});
});

test("says whose it is where the caller does", async () => {
	const client = await answering({ body: data({ me: null }) });
	await client.send(Me, {}, { person: "ana" });
	await client.send(Me, {});
	expect(asked.map(({ headers }) => headers["handsel-person"])).toEqual(["ana", undefined]);
});

describe("data", () => {
	test("of a query comes whole", async () => {
		const client = await answering({ body: data({ me: null }) });
		expect(await client.send(Me, {})).toEqual({ kind: "data", data: { me: null } });
	});

	test("of a mutation comes as its one field", async () => {
		const client = await answering({ body: data({ requestSignIn: { message: "Sent.", attempt: "a" } }) });
		expect(await client.send(RequestSignIn, { email: "x" })).toEqual({
			kind: "data",
			data: { message: "Sent.", attempt: "a" },
		});
	});
});

describe("a problem", () => {
	const card = { event: "e", card: { name: "" } };

	test("brings its sentence and the input it is about", async () => {
		const body = data({
			updateCard: { __typename: "InputNotValid", message: "Please write a name.", field: "card.name" },
		});
		const client = await answering({ body });
		expect(await client.send(UpdateCard, card)).toEqual({
			kind: "problem",
			problem: {
				name: "InputNotValid",
				message: "Please write a name.",
				field: "card.name",
				retryAfter: null,
				mayCountLater: false,
			},
		});
	});

	test("younger than this app is shown all the same", async () => {
		const client = await answering({
			body: data({ updateCard: { __typename: "CardsAreClosed", message: "Cards are closed for tonight." } }),
		});
		const outcome = await client.send(UpdateCard, card);
		expect(outcome).toMatchObject({ kind: "problem", problem: { message: "Cards are closed for tonight." } });
	});

	test("is not what a mistyped code's success looks like", async () => {
		const client = await answering({ body: data({ signIn: { __typename: "SignedIn", me: { id: "p" } } }) });
		expect((await client.send(SignIn, { code: "1" })).kind).toBe("data");
	});
});

describe("a failure", () => {
	test.each([
		["UNAUTHENTICATED", "signed-out"],
		["FORBIDDEN", "forbidden"],
		["NOT_FOUND", "missing"],
		["DOCUMENT_NOT_FOUND", "outdated"],
		["SOMETHING_NEW", "broken"],
	])("with the code %s counts as %s", async (code, reason) => {
		const client = await answering({ body: error({ code }) });
		expect(await client.send(Me, {})).toMatchObject({ kind: "failed", failure: { reason } });
	});

	test("shows the reference to quote and never the server's inner words", async () => {
		const client = await answering({ body: error({ reference: "4F2K" }) });
		const outcome = await client.send(Me, {});
		expect(outcome).toMatchObject({ kind: "failed", failure: { reason: "broken", reference: "4F2K" } });
		expect(JSON.stringify(outcome)).toContain("Reference: 4F2K");
		expect(JSON.stringify(outcome)).not.toContain("inner words");
	});

	test.each([
		[401, "signed-out"],
		[403, "forbidden"],
		[429, "busy"],
		[500, "broken"],
	])("is known by the status %i where there is nothing better", async (status, reason) => {
		const client = await answering({ status, type: "text/plain", body: "no" });
		expect(await client.send(Me, {})).toMatchObject({ kind: "failed", failure: { reason } });
	});

	test("is an answer that is no GraphQL", async () => {
		const client = await answering({ body: "[1, 2" });
		expect(await client.send(Me, {})).toMatchObject({ kind: "failed", failure: { reason: "broken" } });
	});

	test("is heard by those who listen, until they stop", async () => {
		const client = await answering({ body: error({ code: "UNAUTHENTICATED" }) });
		const heard: Failure[] = [];
		const stop = client.onFailure((failure) => heard.push(failure));
		await client.send(Me, {});
		stop();
		await client.send(Me, {});
		expect(heard.map((failure) => failure.reason)).toEqual(["signed-out"]);
	});
});

describe("a wait that was asked for", () => {
	test.each([
		[429, { kind: "failed", failure: { reason: "busy", retryAfter: 90 } }],
		[503, { kind: "offline", retryAfter: 90 }],
	])("comes with the outcome of a %i", async (status, outcome) => {
		const client = await answering({ status, type: "text/plain", body: "", retryAfter: "90" });
		expect(await client.send(Me, {})).toMatchObject(outcome);
	});

	test("may be a date, and is nothing where it says nothing", async () => {
		const inAMinute = new Date(Date.now() + 60_000).toUTCString();
		const dated = await answering({ status: 503, type: "text/plain", body: "", retryAfter: inAMinute });
		const outcome = await dated.send(Me, {});
		expect(outcome.kind === "offline" && (outcome.retryAfter ?? 0)).toBeGreaterThan(50);
		server?.close();
		const vague = await answering({ status: 503, type: "text/plain", body: "", retryAfter: "soon" });
		expect(await vague.send(Me, {})).toEqual({ kind: "offline" });
	});
});

describe("offline", () => {
	test("is a server that is not there", async () => {
		const client = createClient("http://127.0.0.1:9/graphql");
		expect(await client.send(Me, {})).toEqual({ kind: "offline" });
	});

	test("is a server that does not answer before the deadline", async () => {
		const client = await answering({ body: data({ me: null }), after: 2_000 });
		expect(await client.send(Me, {}, { deadline: 50 })).toEqual({ kind: "offline" });
	});

	test("is a captive portal's page", async () => {
		const client = await answering({ type: "text/html", body: "<h1>Welcome to the Wi-Fi</h1>" });
		expect(await client.send(Me, {})).toEqual({ kind: "offline" });
	});

	test("is a captive portal's redirect", async () => {
		const client = await answering({ status: 302, location: "/login", type: "text/html", body: "" });
		expect(await client.send(Me, {})).toEqual({ kind: "offline" });
	});

	test("is a proxy whose server is away", async () => {
		const client = await answering({ status: 502, type: "text/html", body: "Bad gateway" });
		expect(await client.send(Me, {})).toEqual({ kind: "offline" });
	});
});
