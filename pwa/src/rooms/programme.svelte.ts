// The programme of one event with its counts, live: a frame of the socket replaces what was there. Organizers change it; nothing
// of a change that did not reach the server is shown as done.
import { session } from "../app/session.svelte";
import type { ShownCode } from "../doors/wording";
import {
	AddRoomSessions,
	ClosePairing,
	OpenPairing,
	PutBackRoomSession,
	RemoveRoomSession,
	RoomChanged,
	RoomSessions,
	UpdateRoomSession,
} from "../graphql/documents.generated";
import { type Trouble, troubleInWords } from "../graphql/outcome";
import { follow, send } from "../graphql/server";
import { Remembered } from "../offline/remembered.svelte";
import type { SessionText } from "./programme-text";
import { SessionKeys } from "./session-keys";
import { refusedInWords, type Session } from "./wording";

/** Milliseconds between two questions while nothing comes by itself. */
const ASK_EACH = 10_000;

export interface RoomPairing extends ShownCode {
	readonly session: Session;
}

export class Programme {
	/** What was done last, in words; with the session that an undo would bring back. */
	told = $state.raw<{ readonly sentence: string; readonly removed: Session | null } | null>(null);
	/** Why the last change did not happen. */
	notChanged = $state.raw<string | null>(null);
	isBusy = $state(false);
	/** The code on the screen that brings phones to a session's room; gone with the screen. */
	pairing = $state.raw<RoomPairing | null>(null);
	readonly #event: string;
	readonly #answer: Remembered<typeof RoomSessions>;
	readonly #keys = new SessionKeys();

	constructor(event: string) {
		this.#event = event;
		this.#answer = new Remembered(RoomSessions, { event });
	}

	/** Null until something is known. */
	get sessions(): readonly Session[] | null {
		return this.#answer.data?.roomSessions ?? null;
	}

	get trouble(): Trouble | null {
		return this.#answer.trouble;
	}

	refresh(): Promise<void> {
		return this.#answer.refresh();
	}

	/** Reads, then follows until the answered function is called. */
	follow(): () => void {
		let isLive = false;
		void this.#answer.read();
		const stop = follow(
			RoomChanged,
			{ event: this.#event },
			{
				data: ({ roomChanged }) => {
					isLive = true;
					void this.#answer.sent({ roomSessions: roomChanged });
				},
				connected: (isConnected) => {
					if (!isConnected) isLive = false;
				},
				ended: () => void session.refresh(),
			},
		);
		const asking = setInterval(() => {
			if (!isLive) void this.#answer.refresh();
		}, ASK_EACH);
		return () => {
			stop();
			clearInterval(asking);
		};
	}

	/** Whether they were added; all or none. */
	async add(sessions: readonly SessionText[]): Promise<boolean> {
		const keys = this.#keys.of(sessions);
		const drafts = sessions.map((session, index) => ({ key: keys[index] as string, session }));
		const outcome = await this.#change(
			() => send(AddRoomSessions, { event: this.#event, sessions: drafts }),
			({ problem }) => refusedInWords(problem, sessions),
		);
		if (outcome === null) return false;
		this.#keys.added(sessions);
		const [first] = sessions;
		const sentence = sessions.length === 1 ? `“${first?.title}” is added.` : `${sessions.length} sessions are added.`;
		this.told = { sentence, removed: null };
		return true;
	}

	async update(id: string, session: SessionText): Promise<boolean> {
		const outcome = await this.#change(() => send(UpdateRoomSession, { id, session }));
		if (outcome !== null) this.told = { sentence: `“${session.title}” is changed.`, removed: null };
		return outcome !== null;
	}

	async remove(session: Session): Promise<void> {
		const outcome = await this.#change(() => send(RemoveRoomSession, { id: session.id }));
		if (outcome !== null) this.told = { sentence: `“${session.title}” is removed.`, removed: session };
		if (outcome !== null && this.pairing?.session.id === session.id) this.pairing = null;
	}

	async putBack(session: Session): Promise<void> {
		const outcome = await this.#change(() => send(PutBackRoomSession, { id: session.id }));
		if (outcome !== null) this.told = { sentence: `“${session.title}” is back, with its counts.`, removed: null };
	}

	async openPairing(session: Session): Promise<void> {
		const done = await this.#change(() => send(OpenPairing, { room: session.id, kind: "ROOM" }));
		if (done === null) return;
		this.told = null;
		this.pairing = { session, kind: "ROOM", address: done.address, code: done.code, expiresAt: done.expiresAt };
	}

	async closePairing(): Promise<void> {
		const shown = this.pairing;
		if (shown === null) return;
		if ((await this.#change(() => send(ClosePairing, { room: shown.session.id }))) === null) return;
		this.pairing = null;
		this.told = { sentence: "The code no longer works. Phones that are paired stay paired.", removed: null };
	}

	/** Asks for a change and reads the programme anew; null where it did not happen, and says why. */
	async #change<T>(
		ask: () => Promise<{ kind: "data"; data: T } | Trouble>,
		refused: (trouble: Extract<Trouble, { kind: "problem" }>) => string = troubleInWords,
	): Promise<T | null> {
		if (this.isBusy) return null;
		this.isBusy = true;
		this.notChanged = null;
		const outcome = await ask();
		this.isBusy = false;
		if (outcome.kind !== "data") {
			// The answer may be all that was lost.
			const safe = "If it was done all the same, trying again does nothing twice.";
			this.notChanged = outcome.kind === "problem" ? refused(outcome) : troubleInWords(outcome, safe);
			return null;
		}
		await this.#answer.refresh();
		return outcome.data;
	}
}
