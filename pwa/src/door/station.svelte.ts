// A phone as one door of an event, with or without a network: its roster, its queue, the evidence of the network, and what
// is to be looked at. Whoever keeps the door, a person of the team or a paired phone, all of it is the same.
import { eventDay } from "../app/event-time";
import { DoorConflicts } from "../graphql/documents.generated";
import type { Outcome } from "../graphql/outcome";
import { send } from "../graphql/server";
import type { Data } from "../graphql/trusted";
import { hashesOf, isBadge } from "../offline/doors/codes";
import { ToServer } from "../offline/doors/delivering";
import { Evidence, PATIENCE } from "../offline/doors/evidence";
import { judge, knownOf, type OwnVerdict, onDay, type Passing } from "../offline/doors/judging";
import { type Look, Looks } from "../offline/doors/looks.svelte";
import { authorOf } from "../offline/doors/places";
import { DoorQueue, type LastWord } from "../offline/doors/queue.svelte";
import type { RosterEntry } from "../offline/doors/roster";
import { RosterFollowing } from "../offline/doors/roster-following.svelte";
import { type ScanThing, standing, type Thing } from "../offline/doors/things";
import { findByName, type Searchable, searchable } from "./finding";
import { lookAt } from "./looking";
import type { CheckedIn, Judged } from "./verdict";

export type Conflict = Data<typeof DoorConflicts>["doorConflicts"][number];

export interface StationOf {
	/** Its name in the phone's stores. */
	readonly place: string;
	/** Whose it is, where it is a signed-in person's. */
	readonly person: string | null;
	readonly event: {
		readonly id: string;
		readonly timezone: string;
		readonly scansPeopleOut: boolean;
		readonly checksInWith: "TICKET" | "BADGE" | "BOTH";
	};
	readonly door: { readonly id: string; readonly name: string };
	/** A helper looks at it: nobody does at a kiosk, which may not ask for conflicts. */
	readonly hasHelper: boolean;
	/** Asked what became of this door whenever the server does not know its keeper. */
	readonly onrefused?: () => void;
}

/** What this phone itself says to a scan. `verdict` is null where it has no list to look at. */
export interface OwnWord {
	readonly verdict: OwnVerdict | null;
	readonly of: string | null;
	readonly judged: Judged;
}

/** A scan before it is judged. */
export type Read = Pick<ScanThing, "code" | "registration" | "walkIn" | "direction" | "name">;

/** Milliseconds. */
const A_BREATH = 3000;

type Heard = (thing: Thing, word: LastWord) => boolean;

export class Station {
	/** No answer is waited for: scans are judged here. */
	isOnItsOwn = $state(false);
	conflicts = $state.raw<readonly Conflict[]>([]);
	readonly of: StationOf;
	readonly queue: DoorQueue;
	readonly looks: Looks;
	readonly roster: RosterFollowing;
	#evidence = new Evidence();
	#heard: Heard = () => false;
	#searchable: { readonly version: number; readonly list: Searchable<RosterEntry> } | null = null;
	#stopping = new AbortController();
	#asking: ReturnType<typeof setTimeout> | undefined;

	constructor(of: StationOf) {
		this.of = of;
		const { place, person, event } = of;
		this.looks = new Looks(place);
		this.queue = new DoorQueue(place, new ToServer(event.id, authorOf(of), this.#evidence, send), (thing, word) =>
			this.#settle(thing, word),
		);
		this.roster = new RosterFollowing({
			place,
			person,
			event: event.id,
			evidence: this.#evidence,
			waiting: () => this.queue.waiting.length,
			onchanged: () => this.#askSoon(),
			onasked: (outcome) => this.#asked(outcome),
		});
		const { signal } = this.#stopping;
		window.addEventListener("online", () => this.queue.hurry(), { signal });
		window.addEventListener("offline", () => this.#lost(), { signal });
		void this.queue.flush();
		void this.askForConflicts();
	}

	/** Whoever shows a scan hears the server's word on it first, and answers whether it is told by that. */
	onHeard(heard: Heard): void {
		this.#heard = heard;
	}

	stop(): void {
		this.#stopping.abort();
		clearTimeout(this.#asking);
		this.queue.stop();
		this.roster.stop();
	}

	/** Whether an answer to this scan is worth waiting for. */
	waitsFor(thing: Pick<ScanThing, "code" | "of">): boolean {
		return this.#evidence.isGood && this.queue.isFreeFor(thing);
	}

	/** The outcome, or null when it did not come in time. Nothing is lost by that: the thing stands in the queue. */
	async inTime(asked: Promise<Outcome<unknown>>, patience = PATIENCE): Promise<Outcome<unknown> | null> {
		let timer: ReturnType<typeof setTimeout> | undefined;
		const late = new Promise<null>((resolve) => {
			timer = setTimeout(() => resolve(null), patience);
		});
		const outcome = await Promise.race([asked, late]);
		clearTimeout(timer);
		if (outcome === null) this.#evidence.late();
		if (outcome?.kind === "failed") this.of.onrefused?.();
		this.#look();
		return outcome;
	}

	/** What this phone knows by itself. */
	async ownWord({ code, registration, walkIn, direction, name }: Read): Promise<OwnWord> {
		await this.roster.ready;
		if (walkIn !== null) return { verdict: "ADMITTED", of: walkIn, judged: { ...NOBODY, verdict: "ADMITTED", name } };
		const { roster } = this.roster;
		const listed =
			registration === null ? roster.holderOf(await hashesOf(code, this.of.event.id)) : roster.get(registration);
		const entry = listed && this.#today(listed);
		if (entry === null) {
			const verdict = this.#unknown(code, registration);
			return { verdict, of: registration, judged: { ...NOBODY, verdict: verdict ?? "UNCHECKED", name } };
		}
		const known = knownOf(entry, this.#passingsOf(entry.registration));
		const verdict = judge(entry, known, direction);
		const { ticketType, badgePrintedAt } = entry;
		const door = known.door === null ? null : { name: known.door };
		const judged = { verdict, name: entry.name, ticketType, firstInAt: known.firstInAt, door, badgePrintedAt };
		return { verdict, of: entry.registration, judged };
	}

	/** Whether badges of this event are printed at all. */
	get printsBadges(): boolean {
		for (const { badgePrintedAt } of this.roster.roster.entries) if (badgePrintedAt !== null) return true;
		return false;
	}

	/** Those of this name on this phone's list, as they are now; null while there is no list. */
	find(search: string): RosterEntry[] | null {
		if (this.roster.checkedAt === null) return null;
		const { version } = this.roster;
		if (this.#searchable?.version !== version) {
			this.#searchable = { version, list: searchable(this.roster.roster.entries) };
		}
		return findByName(this.#searchable.list, search).map((listed) => {
			const entry = this.#today(listed);
			const { isIn, firstInAt } = knownOf(entry, this.#passingsOf(entry.registration));
			if (entry.state === "CANCELLED") return entry;
			const state = isIn ? "CHECKED_IN" : firstInAt === null ? "REGISTERED" : "CHECKED_OUT";
			return { ...entry, state };
		});
	}

	/** Conflicts that this door has part in and that were not put away here. */
	get openConflicts(): readonly Conflict[] {
		return this.conflicts.filter(
			({ id, scans }) => scans.some(({ door }) => door === this.of.door.name) && !this.looks.isPutAway(id),
		);
	}

	/** What this phone noticed by itself, but for what a conflict tells better. */
	get openLooks(): readonly Look[] {
		const here = this.conflicts.filter(({ scans }) => scans.some(({ door }) => door === this.of.door.name));
		const named = new Set(here.map(({ name }) => name));
		return this.looks.list.filter(
			(look) => look.kind !== "differs" || look.told !== "ADMITTED" || look.name === null || !named.has(look.name),
		);
	}

	get toLookAt(): number {
		return this.openConflicts.length + this.openLooks.length;
	}

	/** Asks for conflicts, soon: what happens at a busy event in one breath is asked for once. */
	#askSoon(): void {
		this.#asking ??= setTimeout(() => void this.askForConflicts(), A_BREATH);
	}

	async askForConflicts(): Promise<void> {
		clearTimeout(this.#asking);
		this.#asking = undefined;
		const { event, person, hasHelper } = this.of;
		if (!hasHelper) return;
		const options = person === null ? {} : { person };
		const outcome = await send(DoorConflicts, { event: event.id }, options);
		if (outcome.kind === "data") this.conflicts = outcome.data.doorConflicts;
	}

	#dayOf = (instant: Date): string => eventDay(instant, this.of.event.timezone);

	/** As it stands today: the list may be yesterday's. */
	#today(entry: RosterEntry): RosterEntry {
		return onDay(entry, this.#dayOf(new Date()), this.roster.checkedAt, this.#dayOf);
	}

	/** Who went through here today and is not yet shown so by the roster, in order. */
	#passingsOf(registration: string): Passing[] {
		const today = this.#dayOf(new Date());
		return standing(this.queue.waiting.map(({ value }) => value))
			.filter(({ of, shown }) => of === registration && (shown === "ADMITTED" || shown === "CHECKED_OUT"))
			.filter(({ scannedAt }) => this.#dayOf(new Date(scannedAt)) === today)
			.map(({ direction, scannedAt }) => ({ direction, at: scannedAt, door: this.of.door.name }));
	}

	#unknown(code: string, registration: string | null): OwnVerdict | null {
		if (this.roster.checkedAt === null || registration !== null) return null;
		return this.of.event.checksInWith === "TICKET" && isBadge(code) ? "NOT_A_TICKET" : "NOT_RECOGNISED";
	}

	async #settle(thing: Thing, word: LastWord): Promise<void> {
		this.#look();
		if (thing.kind === "scan" && word.kind === "done") this.#note(thing, word.data as CheckedIn);
		if (thing.kind !== "scan") void this.roster.refresh();
		const isTold = this.#heard(thing, word);
		const isUndone = thing.kind === "scan" && this.queue.waiting.some(({ value }) => takesBack(value, thing.key));
		const look = isTold || isUndone ? null : lookAt(thing, word);
		if (look !== null) await this.looks.add(look);
	}

	/** The roster as the answer shows it, until the server sends it anew. */
	#note(scan: ScanThing, { verdict, firstInAt, door }: CheckedIn): void {
		const entry = scan.of === null ? null : this.roster.roster.get(scan.of);
		if (entry === null) return;
		const since = { firstInAt: firstInAt ?? scan.scannedAt, door: door?.name ?? this.of.door.name };
		if (verdict === "ADMITTED" || verdict === "ALREADY_IN")
			this.roster.note({ ...entry, ...since, state: "CHECKED_IN" });
		else if (verdict === "CHECKED_OUT" && firstInAt !== null)
			this.roster.note({ ...entry, ...since, state: "CHECKED_OUT" });
		else if (verdict === "CANCELLED") this.roster.note({ ...entry, state: "CANCELLED" });
	}

	#asked(outcome: Outcome<unknown>): void {
		this.#look();
		if (outcome.kind === "data") void this.queue.flush();
		if (outcome.kind === "failed") this.of.onrefused?.();
	}

	#lost(): void {
		this.#evidence.failed();
		this.#look();
	}

	#look(): void {
		this.isOnItsOwn = !this.#evidence.isGood;
	}
}

const NOBODY: Omit<Judged, "verdict"> = {
	name: null,
	ticketType: null,
	firstInAt: null,
	door: null,
	badgePrintedAt: null,
};

const takesBack = (thing: Thing, key: string): boolean => thing.kind === "undo" && thing.of === key;
