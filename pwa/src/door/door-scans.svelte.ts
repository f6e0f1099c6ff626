// One door's scans as its helper sees them, one at a time: kept first, then judged by the server where it answers in time,
// else by this phone. None waits for a network, and none is shown before it is safe.
import { appLocale } from "../app/event-time";
import { isNotOfTheTeam, troubleInWords } from "../graphql/outcome";
import type { LastWord } from "../offline/doors/queue.svelte";
import type { Direction, ScanThing, Thing, UndoThing, WalkInThing } from "../offline/doors/things";
import type { Read, Station } from "./station.svelte";
import { type CheckedIn, type Judged, shownFor, type Told, tell } from "./verdict";

export type Stage =
	| { readonly kind: "ready" }
	| { readonly kind: "asking" }
	/** `at` is when it was told, on the clock of `performance.now()`. */
	| { readonly kind: "told"; readonly told: Told; readonly ticket: string | null; readonly at: number }
	/** The server does not take it, and says why. */
	| { readonly kind: "refused"; readonly message: string };

/** Somebody registered on the spot, or why they were not. */
export type Registered = { readonly kind: "let-in" } | { readonly kind: "refused"; readonly problem: Problem };
type Problem = Extract<LastWord, { kind: "refused" }>["problem"];

/** A welcome stands at least so long before the next ticket in view takes its place. Milliseconds. */
const READABLE = 800;
/** Registering somebody takes the server longer, and they stand at the desk already. Milliseconds. */
const PATIENCE_FOR_WALK_INS = 3000;

export class DoorScans {
	stage = $state.raw<Stage>({ kind: "ready" });
	/** The last one let in or out, for an undo that comes late; null when there is nothing to take back. */
	last = $state.raw<Told | null>(null);
	isUndoing = $state(false);
	/** Why it was not taken back. */
	undoRefusal = $state<string | null>(null);
	#station: Station;
	#ontold: (told: Told) => void;
	#returning: ReturnType<typeof setTimeout> | undefined;
	/** The server's ids of what it has judged, by the scans' keys: what is taken back by them is done at once. */
	#ids = new Map<string, string>();
	/** A helper waits for these answers: they are told by them and need no second look. */
	#waitedFor = new Set<string>();

	constructor(station: Station, ontold: (told: Told) => void) {
		this.#station = station;
		this.#ontold = ontold;
		station.onHeard((thing, word) => this.#heard(thing, word));
	}

	/** Whether a ticket that comes into view is taken: always but while something is to be read or answered. */
	takes(at: number): boolean {
		const { stage } = this;
		if (stage.kind === "told") {
			return stage.told.tone === "go" && stage.ticket === null && at - stage.at >= READABLE && !this.isUndoing;
		}
		return stage.kind === "ready";
	}

	/** Takes what was read or typed. */
	async scan(code: string, direction: Direction): Promise<void> {
		if (this.stage.kind !== "asking")
			await this.#take({ code, registration: null, walkIn: null, direction, name: null });
	}

	/** Lets somebody through who was found by name. */
	async letThrough(registration: string, name: string, direction: Direction): Promise<void> {
		if (this.stage.kind !== "asking") await this.#take({ code: "", registration, walkIn: null, direction, name });
	}

	/** Registers somebody and lets them in. What the server refuses in time is answered, and nothing of it stays. */
	async register(name: string, email: string | null): Promise<Registered> {
		const key = crypto.randomUUID();
		const scan = this.#thing({ code: "", registration: null, walkIn: key, direction: "IN", name }, key);
		const word = await this.#station.ownWord(scan);
		const waits = this.#station.waitsFor(scan);
		const walkIn: WalkInThing = { kind: "walk-in", key, name, email, isLetIn: !waits, madeAt: now() };
		await this.#station.queue.put(walkIn, scan);
		const outcome = waits ? await this.#askFor(walkIn.key, PATIENCE_FOR_WALK_INS) : null;
		if (outcome?.kind === "problem") return { kind: "refused", problem: outcome.problem };
		if (outcome?.kind !== "data") await this.#station.queue.noteLetIn(key);
		const made = outcome?.kind === "data" ? (outcome.data as { ticket: { code: string } }) : null;
		await this.#judgeInTime(scan, word, made?.ticket.code ?? null, made !== null);
		return { kind: "let-in" };
	}

	/** Back to the camera. */
	next(): void {
		clearTimeout(this.#returning);
		this.undoRefusal = null;
		if (this.stage.kind !== "asking") this.stage = { kind: "ready" };
	}

	/** Takes one back, also where the server has not heard of it yet. */
	async undo(told: Told): Promise<void> {
		if (this.isUndoing) return;
		clearTimeout(this.#returning);
		this.isUndoing = true;
		this.undoRefusal = null;
		const { queue } = this.#station;
		const before = this.stage;
		const checkIn = this.#ids.get(told.key) ?? null;
		const { name } = told;
		const undo: UndoThing = { kind: "undo", key: crypto.randomUUID(), of: told.key, checkIn, name, madeAt: now() };
		await queue.put(undo);
		const isWorthAsking = checkIn !== null && !this.#station.isOnItsOwn;
		const outcome = isWorthAsking ? await this.#askFor(undo.key) : null;
		this.isUndoing = false;
		if (outcome?.kind === "problem") {
			this.undoRefusal = troubleInWords(outcome);
			return;
		}
		if (this.last?.key === told.key) this.last = null;
		queue.hurry();
		// The next ticket came in between, and its verdict is what is to be read.
		if (this.stage !== before && this.stage.kind !== "ready") return;
		const undone = outcome?.kind === "data" ? this.#withBadge(outcome.data as CheckedIn, null) : null;
		const own: Judged = { ...EMPTY, verdict: "UNDONE", name };
		this.#tell(undone ?? own, told.key, undone === null);
	}

	/** Ends what is still to come. */
	close(): void {
		clearTimeout(this.#returning);
		this.#station.onHeard(() => false);
	}

	async #take(read: Read): Promise<void> {
		clearTimeout(this.#returning);
		this.undoRefusal = null;
		this.stage = { kind: "asking" };
		const word = await this.#station.ownWord(read);
		const unjudged = { ...this.#thing(read, word.of), name: word.judged.name };
		const waits = this.#station.waitsFor(unjudged);
		const scan = waits ? unjudged : { ...unjudged, isOwn: true, shown: word.verdict };
		await this.#station.queue.put(scan);
		await this.#judgeInTime(scan, word, null, waits);
	}

	async #judgeInTime(
		scan: ScanThing,
		word: Awaited<ReturnType<Station["ownWord"]>>,
		ticket: string | null,
		waits: boolean,
	): Promise<void> {
		const { queue } = this.#station;
		const outcome = waits ? await this.#askFor(scan.key) : null;
		if (outcome?.kind === "data")
			this.#tell(this.#withBadge(outcome.data as CheckedIn, scan.of), scan.key, false, ticket);
		else if (outcome?.kind === "problem") this.stage = { kind: "refused", message: outcome.problem.message };
		else if (outcome?.kind === "failed" && isNotOfTheTeam(outcome.failure))
			this.stage = { kind: "refused", message: outcome.failure.message };
		else {
			const { verdict, of, judged } = word;
			if (!scan.isOwn) await queue.noteShown(scan.key, { shown: verdict, of, name: judged.name });
			this.#tell(judged, scan.key, true, ticket);
			queue.hurry();
		}
	}

	async #askFor(key: string, patience?: number) {
		this.#waitedFor.add(key);
		try {
			return await this.#station.inTime(this.#station.queue.askNow(key), patience);
		} finally {
			this.#waitedFor.delete(key);
		}
	}

	/** The server's word on a thing: told already, or in place of what this phone said while that is still read. */
	#heard(thing: Thing, word: LastWord): boolean {
		if (thing.kind === "scan" && word.kind === "done") this.#ids.set(thing.key, (word.data as CheckedIn).id);
		if (this.#waitedFor.has(thing.key)) return true;
		const { stage } = this;
		if (stage.kind !== "told" || stage.told.key !== thing.key || thing.kind !== "scan" || word.kind !== "done")
			return false;
		const judged = this.#withBadge(word.data as CheckedIn, thing.of);
		if (stage.told.verdict === "UNDONE") return false;
		// A kiosk's list has no names: the server's word may bring the one to greet by.
		const isNamed = !stage.told.name && judged.name !== null;
		if (isNamed || judged.verdict !== stage.told.verdict) this.#tell(judged, thing.key, false, stage.ticket);
		return true;
	}

	/** The server's verdict, with what this phone's list says of their badge. */
	#withBadge(checkedIn: CheckedIn, of: string | null): Judged {
		const entry = of === null ? null : this.#station.roster.roster.get(of);
		return { ...checkedIn, badgePrintedAt: entry?.badgePrintedAt ?? null };
	}

	#thing(read: Read, of: string | null): ScanThing {
		const door = this.#station.of.door.id;
		const mine = { key: crypto.randomUUID(), scannedAt: now(), shown: null, isOwn: false };
		return { kind: "scan", ...read, ...mine, door, of };
	}

	#tell(judged: Judged, key: string, isOwn: boolean, ticket: string | null = null): void {
		const { timezone } = this.#station.of.event;
		const { printsBadges } = this.#station;
		const told = tell(judged, { key, isOwn, printsBadges, timezone, locale: appLocale(), now: new Date() });
		if (told.canUndo) this.last = told;
		const shown = told.tone === "go" ? ticket : null;
		this.stage = { kind: "told", told, ticket: shown, at: performance.now() };
		this.#ontold(told);
		clearTimeout(this.#returning);
		// Somebody is being shown their ticket: they say when they have it.
		if (shown === null) this.#returning = setTimeout(() => this.next(), shownFor(told));
	}
}

const EMPTY = { ticketType: null, firstInAt: null, door: null, badgePrintedAt: null };
const now = (): string => new Date().toISOString();
