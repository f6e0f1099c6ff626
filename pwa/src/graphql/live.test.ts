// @vitest-environment node
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { SwapChanged } from "./documents.generated";
import { backOff, createLive, type Follow } from "./live";

interface Message {
	readonly id?: string;
	readonly type: string;
	readonly payload?: { readonly documentId?: string; readonly query?: string; readonly variables?: unknown };
}

const gone = (id: string) => ({ data: { swapChanged: { __typename: "SwapGone", id } } });

const address = () => `ws://127.0.0.1:${port}/graphql`;

let server: WebSocketServer;
let port: number;
let follow: Follow;
let asked: Message[];

/** A real server that speaks graphql-transport-ws and lets a test say what comes of a subscription. */
function serve(onSubscribe: (socket: WebSocket, message: Message) => void): void {
	server.on("connection", (socket) => {
		socket.on("message", (text) => {
			const message = JSON.parse(String(text)) as Message;
			if (message.type === "connection_init") socket.send(JSON.stringify({ type: "connection_ack" }));
			if (message.type !== "subscribe") return;
			asked.push(message);
			onSubscribe(socket, message);
		});
	});
}

const next = (socket: WebSocket, id: string | undefined, payload: unknown) =>
	socket.send(JSON.stringify({ id, type: "next", payload }));

beforeEach(async () => {
	asked = [];
	vi.stubGlobal("WebSocket", WebSocket);
	server = new WebSocketServer({ host: "127.0.0.1", port: 0, handleProtocols: () => "graphql-transport-ws" });
	await new Promise((resolve) => server.once("listening", resolve));
	({ port } = server.address() as AddressInfo);
	follow = createLive(address);
});
afterEach(() => {
	for (const client of server.clients) client.terminate();
	server.close();
});

describe("following", () => {
	test("asks by the document's id, without text, and hears what arrives", async () => {
		serve((socket, { id }) => next(socket, id, gone("s1")));
		const heard: unknown[] = [];

		const stop = follow(SwapChanged, { event: "e" }, { data: (data) => heard.push(data) });

		await vi.waitFor(() => expect(heard).toEqual([gone("s1").data]));
		expect(asked[0]?.payload).toEqual({ documentId: SwapChanged.id, query: "", variables: { event: "e" } });
		stop();
	});

	test("comes back by itself after the socket was lost, and says that something may have been missed", async () => {
		serve((socket, { id }) => (asked.length === 1 ? socket.terminate() : next(socket, id, gone("s2"))));
		const heard: unknown[] = [];
		const resumed = vi.fn();

		const stop = follow(SwapChanged, { event: "e" }, { data: (data) => heard.push(data), resumed });

		await vi.waitFor(() => expect(heard).toEqual([gone("s2").data]), { timeout: 5_000 });
		expect(resumed).toHaveBeenCalledOnce();
		expect(asked).toHaveLength(2);
		stop();
	});

	test("comes back although the server could not be reached for a while", async () => {
		serve((socket, { id }) => next(socket, id, gone("s5")));
		const heard: unknown[] = [];
		const connected = vi.fn();
		const stop = follow(SwapChanged, { event: "e" }, { data: (data) => heard.push(data), connected });
		await vi.waitFor(() => expect(heard).toHaveLength(1));

		for (const client of server.clients) client.terminate();
		await new Promise((resolve) => server.close(resolve));
		// Heard again for each try that found nobody.
		await vi.waitFor(() => expect(connected.mock.calls.filter(([is]) => !is).length).toBeGreaterThan(1), {
			timeout: 5_000,
		});
		server = new WebSocketServer({ host: "127.0.0.1", port, handleProtocols: () => "graphql-transport-ws" });
		serve((socket, { id }) => next(socket, id, gone("s5")));

		await vi.waitFor(() => expect(heard).toHaveLength(2), { timeout: 10_000 });
		stop();
	}, 20_000);

	test("ends quietly when the server refuses it for good", async () => {
		serve((socket, { id }) =>
			socket.send(
				JSON.stringify({ id, type: "error", payload: [{ message: "no", extensions: { code: "FORBIDDEN" } }] }),
			),
		);
		const connected = vi.fn();
		const data = vi.fn();

		const stop = follow(SwapChanged, { event: "e" }, { data, connected });

		await vi.waitFor(() => expect(connected).toHaveBeenLastCalledWith(false));
		expect(data).not.toHaveBeenCalled();
		expect(asked).toHaveLength(1);
		stop();
	});

	test("gives up a socket that answers no ping, and comes back by another", async () => {
		serve((socket, { id }) => next(socket, id, gone("s4")));
		const connected = vi.fn();
		const heard: unknown[] = [];

		const stop = createLive(address, { each: 30, answeredWithin: 30 })(
			SwapChanged,
			{ event: "e" },
			{ data: (data) => heard.push(data), connected },
		);

		await vi.waitFor(() => expect(connected).toHaveBeenCalledWith(false));
		await vi.waitFor(() => expect(heard.length).toBeGreaterThan(1), { timeout: 5_000 });
		stop();
	});

	test("says that nothing more comes when the server has ended it", async () => {
		serve((socket, { id }) => socket.send(JSON.stringify({ id, type: "complete" })));
		const [connected, ended] = [vi.fn(), vi.fn()];

		const stop = follow(SwapChanged, { event: "e" }, { data: () => undefined, connected, ended });

		await vi.waitFor(() => expect(connected).toHaveBeenLastCalledWith(false));
		expect(ended).toHaveBeenCalledOnce();
		expect(asked).toHaveLength(1);
		stop();
	});

	test("nothing was ended by the server where it is left here", async () => {
		serve((socket, { id }) => next(socket, id, gone("s1")));
		const [data, connected, ended] = [vi.fn(), vi.fn(), vi.fn()];

		const stop = follow(SwapChanged, { event: "e" }, { data, connected, ended });
		await vi.waitFor(() => expect(data).toHaveBeenCalled());
		stop();

		await vi.waitFor(() => expect(connected).toHaveBeenLastCalledWith(false));
		expect(ended).not.toHaveBeenCalled();
	});

	test("an error inside an answer is no data", async () => {
		serve((socket, { id }) => {
			next(socket, id, { data: null, errors: [{ message: "inner words" }] });
			next(socket, id, gone("s3"));
		});
		const heard: unknown[] = [];

		const stop = follow(SwapChanged, { event: "e" }, { data: (data) => heard.push(data) });

		await vi.waitFor(() => expect(heard).toEqual([gone("s3").data]));
		stop();
	});
});

describe("the wait before another try", () => {
	let network: EventTarget;

	beforeEach(() => {
		network = new EventTarget();
		vi.stubGlobal("addEventListener", network.addEventListener.bind(network));
		vi.stubGlobal("removeEventListener", network.removeEventListener.bind(network));
		vi.useFakeTimers();
	});
	afterEach(() => {
		vi.useRealTimers();
		vi.unstubAllGlobals();
	});

	async function isOver(wait: Promise<void>, after: number): Promise<boolean> {
		let over = false;
		void wait.then(() => {
			over = true;
		});
		await vi.advanceTimersByTimeAsync(after);
		return over;
	}

	test("is half a minute at most, however many tries have failed", async () => {
		const wait = backOff(40);

		expect(await isOver(wait, 14_000)).toBe(false);
		expect(await isOver(wait, 16_000)).toBe(true);
	});

	test("is cut short when the network is back", async () => {
		const wait = backOff(40);
		expect(await isOver(wait, 1000)).toBe(false);

		network.dispatchEvent(new Event("online"));

		expect(await isOver(wait, 1000)).toBe(true);
	});
});
