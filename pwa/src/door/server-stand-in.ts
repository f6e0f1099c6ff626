// A server for tests of the door: it judges by a list, remembers keys, and can be away, slow, or lose its answers. It is
// no part of the app.
import {
	CheckIn,
	DoorConflicts,
	DoorRoster,
	RegisterWalkIn,
	ReplayCheckIns,
	UndoCheckIn,
} from "../graphql/documents.generated";
import { hashesOf } from "../offline/doors/codes";
import type { RosterEntry } from "../offline/doors/roster";

export const EVENT = "AgGQ98AREXq8je8AAAAAAAE";

interface Asked {
	readonly documentId: string;
	// biome-ignore lint/suspicious/noExplicitAny: what any document takes
	readonly variables: any;
}

export class StandIn {
	/** "lost": it does what it is asked, and no answer comes back. */
	network: "there" | "away" | "lost" = "there";
	/** The phone was taken off its door: only a queue is taken from it. */
	isRevoked = false;
	/** The helper was removed from the team: everything is refused. */
	isRemoved = false;
	/** Milliseconds until it answers. */
	delay = 0;
	readonly asked: Asked[] = [];
	readonly roster: RosterEntry[] = [];
	/** Whose ticket a code is; whoever is not here is not known. */
	readonly inside = new Set<string>();
	readonly #answers = new Map<string, object>();
	readonly undone: string[] = [];
	readonly walkIns = new Map<string, string>();

	/** Somebody with a ticket of this code, on the roster of doors unless they are `new`. */
	async holds(code: string, name: string, { isNew = false } = {}): Promise<void> {
		const codes = (await hashesOf(code, EVENT)).slice(0, 1);
		const state = { state: "REGISTERED", firstInAt: null, door: null, badgePrintedAt: null } as const;
		this.#codes.set(code, name);
		if (!isNew) this.roster.push({ registration: name, name, ticketType: "Day ticket", ...state, codes });
	}

	readonly #codes = new Map<string, string>();

	readonly fetch = async (_url: string, { body }: { body?: unknown }): Promise<Response> => {
		if (this.network === "away") throw new TypeError("no network");
		const asked = JSON.parse(String(body)) as Asked;
		this.asked.push(asked);
		if (this.isRevoked && asked.documentId !== ReplayCheckIns.id) return json({ errors: [REVOKED] });
		if (this.isRemoved) return json({ errors: [REMOVED] });
		const data = this.#answer(asked);
		if (this.delay > 0) await new Promise((resolve) => setTimeout(resolve, this.delay));
		if (this.network === "lost") throw new TypeError("no answer");
		return json({ data });
	};

	/** The scans that it was sent, by their keys, each time they came. */
	get scans(): readonly string[] {
		return this.asked.flatMap(({ documentId, variables }) => {
			if (documentId === CheckIn.id) return [variables.checkIn.key];
			return documentId === ReplayCheckIns.id ? variables.checkIns.map((each: { key: string }) => each.key) : [];
		});
	}

	#answer({ documentId, variables }: Asked): object {
		switch (documentId) {
			case CheckIn.id:
				return { checkIn: this.#judge(variables.checkIn) };
			case ReplayCheckIns.id:
				return {
					replayCheckIns: variables.checkIns.map((each: { key: string; code: string }) => ({
						key: each.key,
						result: this.#judge(each),
					})),
				};
			case UndoCheckIn.id:
				this.undone.push(variables.checkIn);
				return { undoCheckIn: { ...NOBODY, id: `undo ${variables.checkIn}`, verdict: "UNDONE" } };
			case RegisterWalkIn.id:
				return { registerWalkIn: this.#register(variables) };
			case DoorRoster.id:
				return { doorRoster: { entries: this.roster, gone: [], next: null, asOf: "1", whole: true } };
			case DoorConflicts.id:
				return { doorConflicts: [] };
			default:
				throw new Error("nothing that a door asks");
		}
	}

	#judge(scan: { key: string; code: string; registration?: string | null }): object {
		const known = this.#answers.get(scan.key);
		if (known) return known;
		const name = scan.registration ?? this.#codes.get(scan.code);
		const answer = { ...NOBODY, id: `id of ${scan.key}`, name: name ?? null, verdict: this.#verdict(name) };
		this.#answers.set(scan.key, answer);
		return answer;
	}

	#verdict(name: string | undefined): string {
		if (name === undefined) return "NOT_RECOGNISED";
		if (this.inside.has(name)) return "ALREADY_IN";
		this.inside.add(name);
		return "ADMITTED";
	}

	#register({ name, key, letIn }: { name: string; key: string; letIn: boolean }): object {
		if (name === "Full" && !letIn) return { __typename: "EventFull", message: "Every place is taken." };
		this.walkIns.set(key, name);
		return { __typename: "WalkIn", name, registration: name, ticket: { code: "7KQ2M9XWRT" } };
	}
}

const REVOKED = { message: "Taken off", extensions: { code: "DOOR_PHONE_REVOKED" } };
const REMOVED = { message: "Not yours", extensions: { code: "FORBIDDEN" } };
const json = (body: object): Response =>
	new Response(JSON.stringify(body), { headers: { "content-type": "application/json" } });

const NOBODY = { __typename: "CheckIn", ticketType: null, firstInAt: null, door: null };

/** A socket that never opens: all that is learned is learned by asking. */
export class SilentSocket extends EventTarget {
	static readonly OPEN = 1;
	readyState = 0;
	close(): void {}
}
