// The figures of one day at an event, live: a frame of the socket replaces what was there, and while the socket is away
// the server is asked again and again. It keeps no names.
import { Attendance, AttendanceChanged } from "../graphql/documents.generated";
import { follow } from "../graphql/server";
import type { Data } from "../graphql/trusted";
import { Remembered } from "../offline/remembered.svelte";

export type Figures = NonNullable<Data<typeof Attendance>["attendance"]>;

/** Milliseconds between two questions while nothing comes by itself. */
const ASK_EACH = 10_000;
/** Milliseconds between two looks at the clock while figures come by themselves. */
const TICK = 5_000;

export class DayFigures {
	/** The socket is open and has brought figures. */
	isLive = $state(false);
	/** When the figures were last known to hold; null before the server has answered. */
	asOf = $state.raw<Date | null>(null);
	#answer: Remembered<typeof Attendance>;
	#variables: { readonly event: string; readonly on: string | null };

	/** `on` is a day of the event, YYYY-MM-DD; null for the day it is. */
	constructor(event: string, on: string | null) {
		this.#variables = { event, on };
		this.#answer = new Remembered(Attendance, this.#variables);
	}

	/** Null until something is known. */
	get figures(): Figures | null {
		return this.#answer.data?.attendance ?? null;
	}

	/** The server says that there is nothing here for this person. */
	get isNotMine(): boolean {
		return this.#answer.isFresh && this.#answer.data?.attendance === null;
	}

	get trouble() {
		return this.#answer.trouble;
	}

	/** Reads, then follows until the answered function is called. `moved` hears of every new frame. */
	follow(moved: () => void): () => void {
		void this.#answer.read().then(() => this.#stamp());
		const stop = follow(AttendanceChanged, this.#variables, {
			data: ({ attendanceChanged }) => {
				void this.#answer.sent({ attendance: attendanceChanged });
				this.isLive = true;
				this.asOf = new Date();
				moved();
			},
			connected: (isConnected) => {
				if (isConnected) return;
				this.isLive = false;
				// Perhaps the role has ended: the server says so over HTTP.
				void this.#ask(moved);
			},
		});
		const clock = setInterval(() => {
			if (this.isLive) this.asOf = new Date();
		}, TICK);
		const asking = setInterval(() => {
			if (!this.isLive) void this.#ask(moved);
		}, ASK_EACH);
		return () => {
			stop();
			clearInterval(clock);
			clearInterval(asking);
		};
	}

	async #ask(moved: () => void): Promise<void> {
		await this.#answer.refresh();
		if (this.#stamp()) moved();
	}

	/** Notes the time where the server has just answered. */
	#stamp(): boolean {
		const hasAnswered = this.#answer.isFresh && this.#answer.trouble === null;
		if (hasAnswered) this.asOf = new Date();
		return hasAnswered;
	}
}
