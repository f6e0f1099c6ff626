// Keeps a door's roster fresh: on opening, when the server says that something changed, when the network is back, and
// every minute. What it cannot fetch stays as it was; the sending of scans never waits for it.
import { DoorChanged, DoorRoster } from "../../graphql/documents.generated";
import type { Outcome } from "../../graphql/outcome";
import { follow, send } from "../../graphql/server";
import type { Data } from "../../graphql/trusted";
import { type Evidence, PATIENCE } from "./evidence";
import { Roster, type RosterEntry } from "./roster";
import { keepRoster, readRoster } from "./roster-keeping";

type Page = Data<typeof DoorRoster>["doorRoster"];

const MINUTE = 60_000;
/** Milliseconds to the next try while the network gives no answer: it shows when it is back. */
const WHILE_AWAY = 5_000;
/** Small enough that the server lets others in between two pages. */
const PAGE = 500;
/** Milliseconds; a page of hundreds is no quick answer, and no sign of a slow network. */
const DEADLINE = 30_000;

export interface FollowedRoster {
	readonly place: string;
	readonly event: string;
	readonly person: string | null;
	readonly evidence: Evidence;
	/** How many things wait to be sent: the organizers see it beside the phone. */
	readonly waiting: () => number;
	/** Something changed at the event: conflicts are to be asked for too. */
	readonly onchanged: () => void;
	/** The server was asked and answered, or did not. */
	readonly onasked: (outcome: Outcome<unknown>) => void;
}

export class RosterFollowing {
	/** Grows with each change of the roster, for what is made from it. */
	version = $state(0);
	/** When the server last said that this is all, in the phone's milliseconds; null while there is no whole list. */
	checkedAt = $state<number | null>(null);
	roster = new Roster();
	readonly ready: Promise<void>;
	#of: FollowedRoster;
	#cursor: string | null = null;
	#stopping = new AbortController();
	#timer: ReturnType<typeof setTimeout> | undefined;
	#asking: Promise<void> | null = null;
	#isStale = false;

	constructor(of: FollowedRoster) {
		this.#of = of;
		const { signal } = this.#stopping;
		this.ready = this.#open();
		void this.ready.then(() => this.refresh());
		const changed = () => {
			of.onchanged();
			void this.refresh();
		};
		const stop = follow(
			DoorChanged,
			{ event: of.event },
			{
				data: changed,
				resumed: changed,
				ended: () => void this.refresh(),
			},
		);
		signal.addEventListener("abort", stop);
		window.addEventListener("online", () => void this.refresh(), { signal });
		document.addEventListener(
			"visibilitychange",
			() => {
				if (document.visibilityState === "visible") void this.refresh();
			},
			{ signal },
		);
	}

	stop(): void {
		this.#stopping.abort();
		clearTimeout(this.#timer);
	}

	/** A scan was answered: until the server sends the roster anew, this is what it would say. */
	note(entry: RosterEntry): void {
		this.roster.change([entry]);
		this.version += 1;
	}

	/** Asks what changed. While one question is under way, another follows it. */
	async refresh(): Promise<void> {
		await this.ready;
		if (this.#stopping.signal.aborted) return;
		this.#isStale = true;
		this.#asking ??= this.#ask().finally(() => {
			this.#asking = null;
		});
		await this.#asking;
	}

	async #open(): Promise<void> {
		const read = await readRoster(this.#of.place).catch(() => null);
		if (read === null) return;
		this.roster = read.roster;
		this.#cursor = read.cursor;
		this.checkedAt = read.checkedAt;
		this.version += 1;
	}

	async #ask(): Promise<void> {
		clearTimeout(this.#timer);
		let isThrough = true;
		while (this.#isStale && isThrough && !this.#stopping.signal.aborted) {
			this.#isStale = false;
			isThrough = await this.#fetch();
		}
		if (this.#stopping.signal.aborted) return;
		this.#timer = setTimeout(() => void this.refresh(), isThrough ? MINUTE : WHILE_AWAY);
	}

	/** Everything there is, or what changed since the cursor; answers whether all of it came. */
	async #fetch(): Promise<boolean> {
		const pages = await this.#pages();
		if (pages === null) return false;
		const entries = pages.flatMap((page) => page.entries);
		const gone = pages.flatMap((page) => page.gone);
		const isWhole = pages.some(({ whole }) => whole);
		if (isWhole) {
			const roster = new Roster();
			roster.change(entries);
			this.roster = roster;
		}
		const changed = isWhole ? null : [...entries.map(({ registration }) => registration), ...gone];
		await this.#keep(pages[0]?.asOf ?? null, changed);
		return true;
	}

	/** The server's pages, each taken in as it comes: people on it may be let in while the rest is on its way. */
	async #pages(): Promise<Page[] | null> {
		const { event, person, evidence, onasked, waiting } = this.#of;
		const changedSince = this.#cursor;
		const { signal } = this.#stopping;
		const options = { deadline: DEADLINE, signal, ...(person !== null && { person }) };
		const pages: Page[] = [];
		let after: string | null = null;
		do {
			const began = performance.now();
			const asked = { event, first: PAGE, after, changedSince, waiting: waiting() };
			const outcome: Outcome<Data<typeof DoorRoster>> = await send(DoorRoster, asked, options);
			if (signal.aborted) return null;
			if (outcome.kind === "data") {
				const page: Page = outcome.data.doorRoster;
				evidence.answered(performance.now() - began, PATIENCE + page.entries.length);
				pages.push(page);
				this.roster.change(page.entries, page.gone);
				if (page.entries.length > 0 || page.gone.length > 0) this.version += 1;
				after = page.next;
			} else evidence.failed();
			onasked(outcome);
			if (outcome.kind !== "data") return null;
		} while (after !== null);
		return pages;
	}

	async #keep(cursor: string | null, changed: readonly string[] | null): Promise<void> {
		const now = Date.now();
		this.#cursor = cursor;
		this.checkedAt = now;
		if (changed === null || changed.length > 0) this.version += 1;
		if (cursor === null || this.#stopping.signal.aborted) return;
		// A phone too full for the list still has it in this page; the next change tries to keep it again.
		await keepRoster(this.#of.place, this.roster, { cursor, now }, changed).catch(() => undefined);
	}
}
