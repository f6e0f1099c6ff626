import { beforeEach, describe, expect, test, vi } from "vitest";
import {
	doneWith,
	emptyPhone,
	note,
	openTab,
	problem,
	type Reached,
	type SetClock,
	type StandIn,
	scan,
} from "./stand-in";

let server: StandIn;
let clock: SetClock;
const tab = (person?: string) => openTab(clock, person);

beforeEach(async () => {
	({ server, clock } = await emptyPhone());
});

describe("a scan", () => {
	test("goes with the phone's time at sending, each time anew", async () => {
		const outbox = await tab();
		server.isReachable = false;
		await outbox.addScan(scan("k"));
		await outbox.flush();
		clock.advance(60_000);
		server.isReachable = true;
		await outbox.flush();
		expect(server.reached[0]?.variables.scan).toEqual({
			badge: "badge k",
			key: "k",
			scannedAt: "2027-04-22T09:00:00Z",
			shownPrompts: [],
			sentAt: "2027-04-22T09:01:00.000Z",
		});
	});

	test("tells what prompts were shown until it is sent", async () => {
		const outbox = await tab();
		server.isReachable = false;
		await outbox.addScan({ ...scan("k"), shownPrompts: ["a"] });
		await outbox.showPrompts("k", ["a", "b"]);
		server.isReachable = true;
		await outbox.flush();
		expect(server.reached[0]?.variables.scan.shownPrompts).toEqual(["a", "b"]);
	});

	test("is told of with its swap, which from then on is one thing with its key", async () => {
		const outbox = await tab();
		const answered = vi.fn();
		outbox.onAnswered(answered);
		await outbox.addScan(scan("k"));
		await outbox.flush();
		expect(answered).toHaveBeenCalledWith("k", { swap: { __typename: "Swap", id: "swap of k" } });
		expect(outbox.contents.nameOf("k")).toBe("swap of k");
		expect((await tab()).contents.nameOf("k")).toBe("swap of k");
	});

	test("goes before what was written under its key, which follows under the same key", async () => {
		const outbox = await tab();
		server.isReachable = false;
		await outbox.addScan(scan("k"));
		await outbox.put(note("Likes tea", "k"));
		server.isReachable = true;
		await outbox.flush();
		expect(server.names).toEqual(["SwapBadges", "AddNote"]);
		expect(server.reached[1]?.variables.swap).toBe("k");
	});

	test("goes with others in one request, each with an answer of its own", async () => {
		const outbox = await tab();
		server.isReachable = false;
		for (const key of ["a", "b", "c"]) await outbox.addScan(scan(key));
		await outbox.addScan(scan("d", "another event"));
		server.isReachable = true;
		server.answering = (reached: Reached) =>
			reached.name !== "ReplayScans"
				? doneWith(reached)
				: [
						{ key: "a", result: { __typename: "Swap", id: "A" } },
						{ key: "b", result: problem("BadgeNotRecognised") },
						{ key: "c", result: problem("EventClosed", { mayCountLater: true }) },
					];
		await outbox.flush();
		expect(server.names.toSorted()).toEqual(["ReplayScans", "SwapBadges"]);
		expect(outbox.contents.nameOf("a")).toBe("A");
		expect(outbox.contents.refused.map(({ key }) => key)).toEqual(["b"]);
		expect(outbox.contents.waiting.map(({ key }) => key)).toEqual(["c"]);
	});

	test("by somebody who was not at the door yet waits and is sent again; outside the hours it is refused", async () => {
		const outbox = await tab();
		server.answering = () => problem("EventClosed", { mayCountLater: true });
		await outbox.addScan(scan("k"));
		await outbox.flush();
		expect(outbox.lastTry("k")).toMatchObject({ kind: "not-yet", problem: { message: "EventClosed." } });
		server.answering = () => problem("EventClosed", { mayCountLater: false });
		await outbox.flush();
		expect(outbox.contents.refused.map(({ key }) => key)).toEqual(["k"]);
	});

	test("that was not taken for now is refused after a week", async () => {
		const outbox = await tab();
		server.answering = () => problem("EventClosed", { mayCountLater: true });
		await outbox.addScan(scan("k"));
		await outbox.flush();
		expect(outbox.isWaiting("k")).toBe(true);
		clock.advance(8 * 24 * 3_600_000);
		await vi.waitFor(() => expect(outbox.contents.refused.map(({ key }) => key)).toEqual(["k"]));
	});

	test("that brings down the request it is in goes alone afterwards, and the others without it", async () => {
		const outbox = await tab();
		server.isReachable = false;
		for (const key of ["a", "poison", "c"]) await outbox.addScan(scan(key));
		server.isReachable = true;
		server.answering = (reached: Reached) =>
			JSON.stringify(reached.variables).includes("poison") ? new Response("", { status: 500 }) : doneWith(reached);
		await outbox.flush();
		await outbox.flush();
		expect(outbox.contents.waiting.map(({ key }) => key)).toEqual(["poison"]);
	});

	test("does not wait for a whole day of others, of which a few requests are under way at once", async () => {
		const outbox = await tab();
		server.isReachable = false;
		for (let at = 0; at < 130; at += 1) await outbox.addScan(scan(`k${at}`));
		server.isReachable = true;
		let underWay = 0;
		let most = 0;
		let goOn: () => void = () => undefined;
		const held = new Promise<void>((resolve) => {
			goOn = resolve;
		});
		server.answering = async (reached: Reached) => {
			underWay += 1;
			most = Math.max(most, underWay);
			if (reached.name === "ReplayScans") await held;
			underWay -= 1;
			return doneWith(reached);
		};
		const flushed = outbox.flush();
		await vi.waitFor(() => expect(underWay).toBe(2));

		await outbox.addScan(scan("new"));
		await vi.waitFor(() => expect(outbox.isWaiting("new")).toBe(false));
		goOn();
		await flushed;

		await vi.waitFor(() => expect(outbox.contents.waiting).toEqual([]));
		expect(most).toBeLessThanOrEqual(3);
	});
});
