// What a closer look at a day says: kinds of tickets, how long people stayed, the last scans, the edition before. Read
// anew as the figures move, at most once a second. It holds names, so nothing of it is kept on the phone.
import { CloserAttendance } from "../graphql/documents.generated";
import { send } from "../graphql/server";
import type { Data } from "../graphql/trusted";

export type Closer = NonNullable<Data<typeof CloserAttendance>["attendance"]>;
export type TicketType = Closer["ticketTypes"][number];
export type Scan = Closer["lastScans"][number];
export type LastEdition = NonNullable<Closer["lastEdition"]>;

/** Milliseconds between two readings while the figures move. */
const CALM = 1_000;

export class DayCloser {
	/** Null until something is known. What went wrong, the figures above it say already. */
	seen = $state.raw<Closer | null>(null);
	readonly #variables: { readonly event: string; readonly on: string | null };
	#waiting: ReturnType<typeof setTimeout> | undefined;
	#isClosed = false;

	constructor(event: string, on: string | null) {
		this.#variables = { event, on };
	}

	async read(): Promise<void> {
		const outcome = await send(CloserAttendance, this.#variables);
		if (!this.#isClosed && outcome.kind === "data") this.seen = outcome.data.attendance;
	}

	/** Something moved: looks again, soon and not too often. */
	moved(): void {
		this.#waiting ??= setTimeout(() => {
			void this.read().finally(() => (this.#waiting = undefined));
		}, CALM);
	}

	close(): void {
		this.#isClosed = true;
		clearTimeout(this.#waiting);
	}
}
