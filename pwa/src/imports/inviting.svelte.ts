// Mailing everybody on the list their place: how far it is, asked for again while mails leave. By name it knows only
// those whose address is refused.
import { AttendeeInvitations, InviteAttendees, TryInvitationAgain } from "../graphql/documents.generated";
import { troubleInWords } from "../graphql/outcome";
import { send } from "../graphql/server";
import type { Data } from "../graphql/trusted";

export type Invitations = Data<typeof AttendeeInvitations>["attendeeInvitations"];

/** Milliseconds between two looks while mails leave. */
const LOOK_EVERY = 2_000;

export class Inviting {
	/** Null until something is known. */
	told = $state.raw<Invitations | null>(null);
	refusal = $state<string | null>(null);
	isAsking = $state(false);
	readonly #event: string;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#isClosed = false;

	constructor(event: string) {
		this.#event = event;
	}

	async read(): Promise<void> {
		clearTimeout(this.#timer);
		const outcome = await send(AttendeeInvitations, { event: this.#event });
		if (outcome.kind === "data") this.#show(outcome.data.attendeeInvitations);
		else this.refusal = troubleInWords(outcome);
		// Without an answer the mails leave all the same: it is looked at again.
		if (this.told?.underWay && !this.#isClosed) this.#timer = setTimeout(() => void this.read(), LOOK_EVERY);
	}

	/** Has everybody mailed who was not told yet. Whether that was taken. */
	async invite(): Promise<boolean> {
		if (this.isAsking) return false;
		this.isAsking = true;
		const outcome = await send(InviteAttendees, { event: this.#event });
		this.isAsking = false;
		if (outcome.kind !== "data") {
			this.refusal = troubleInWords(outcome, "Nobody is mailed twice, whenever you press again.");
			return false;
		}
		this.#show(outcome.data);
		await this.read();
		return true;
	}

	/** Has one address tried again that was refused for good. */
	async again(registration: string): Promise<void> {
		if (this.isAsking) return;
		this.isAsking = true;
		const outcome = await send(TryInvitationAgain, { registration });
		this.isAsking = false;
		if (outcome.kind !== "data") {
			this.refusal = troubleInWords(outcome, "Nothing was sent.");
			return;
		}
		this.#show(outcome.data);
		await this.read();
	}

	close(): void {
		this.#isClosed = true;
		clearTimeout(this.#timer);
	}

	#show(told: Invitations): void {
		this.told = told;
		this.refusal = null;
	}
}
