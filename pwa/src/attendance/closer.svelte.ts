// What a closer look at a day says: kinds of tickets, how long people stayed, the last scans, the edition before. Read
// anew as the figures move, at most once a second. It holds names, so nothing of it is kept on the phone.
import { CloserAttendance } from "../graphql/documents.generated";
import { send } from "../graphql/server";
import type { Data } from "../graphql/trusted";
import { Calmly } from "./calmly";

export type Closer = NonNullable<Data<typeof CloserAttendance>["attendance"]>;
export type TicketType = Closer["ticketTypes"][number];
export type Scan = Closer["lastScans"][number];
export type LastEdition = NonNullable<Closer["lastEdition"]>;

export class DayCloser {
	/** Null until something is known. What went wrong, the figures above it say already. */
	seen = $state.raw<Closer | null>(null);
	readonly #variables: { readonly event: string; readonly on: string | null };
	readonly #calmly = new Calmly(() => this.read());
	#isClosed = false;
	#tries = 0;

	constructor(event: string, on: string | null) {
		this.#variables = { event, on };
	}

	/** Whether the server answered. When two readings are under way, the last asked wins. */
	async read(): Promise<boolean> {
		this.#tries += 1;
		const mine = this.#tries;
		const outcome = await send(CloserAttendance, this.#variables);
		if (outcome.kind !== "data") return false;
		if (!this.#isClosed && mine === this.#tries) this.seen = outcome.data.attendance;
		return true;
	}

	/** Something moved: looks again, soon and not too often. */
	moved(): void {
		this.#calmly.moved();
	}

	close(): void {
		this.#isClosed = true;
		this.#calmly.close();
	}
}
