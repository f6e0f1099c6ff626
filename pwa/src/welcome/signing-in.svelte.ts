// The steps of signing in, shared by Welcome, the mailed link, the invitation and the badge page. It shows nothing.
import { currentEvent } from "../app/current-event.svelte";
import { pathTo } from "../app/paths";
import { go, router } from "../app/router.svelte";
import { session } from "../app/session.svelte";
import { hasBadgeToScan } from "../badge-page/badge-to-scan";
import { isCardEmpty } from "../card/card-form";
import { ClaimBadge, RequestSignIn, SignIn } from "../graphql/documents.generated";
import { type Trouble, troubleInWords } from "../graphql/outcome";
import { send } from "../graphql/server";
import { type Attempt, forgetAttempt, keepAttempt, keptAttempt } from "./attempt";

class SigningIn {
	attempt = $state.raw<Attempt | null>(keptAttempt(Date.now()));
	isBusy = $state(false);
	/** A sentence for the person about the last step; null when it went well. */
	trouble = $state<string | null>(null);

	/** Asks for a code by mail. */
	async request(email: string): Promise<void> {
		await this.#step(async () => {
			const outcome = await send(RequestSignIn, { email });
			if (outcome.kind !== "data") return outcome;
			this.#begin(email, null, outcome.data);
			return null;
		});
	}

	/** Asks for a code to the address that a badge was issued for. */
	async requestForBadge(badge: string, email: string): Promise<void> {
		await this.#step(async () => {
			const outcome = await send(ClaimBadge, { badge, email });
			if (outcome.kind !== "data") return outcome;
			this.#begin(email, badge, outcome.data);
			return null;
		});
	}

	/** Signs in with a code: six digits with their attempt, or a long invitation with none. `to` is where it leads. */
	async enter(code: string, attempt: string | null, to: string | null = null): Promise<void> {
		await this.#step(async () => {
			const outcome = await send(SignIn, { code, attempt });
			if (outcome.kind !== "data") return outcome;
			this.startOver();
			await session.refresh();
			go(to ?? whereTo(), { replace: true });
			return null;
		});
	}

	/** Back to the address, keeping nothing. */
	startOver(): void {
		forgetAttempt();
		this.attempt = null;
		this.trouble = null;
	}

	/** Asks for the same code once more; only the newest works. */
	async again(attempt: Attempt): Promise<void> {
		if (attempt.badge === null) await this.request(attempt.email);
		else await this.requestForBadge(attempt.badge, attempt.email);
	}

	#begin(email: string, badge: string | null, { attempt, message }: { attempt: string; message: string }): void {
		this.attempt = { id: attempt, email, badge, message, askedAt: Date.now() };
		keepAttempt(this.attempt);
	}

	async #step(step: () => Promise<Trouble | null>): Promise<void> {
		this.isBusy = true;
		this.trouble = null;
		const trouble = await step();
		this.isBusy = false;
		if (trouble !== null) this.trouble = troubleInWords(trouble);
	}
}

export const signingIn = new SigningIn();

/** Where a person goes once signed in: what waits to be claimed, a badge to scan, an empty card, else where they wanted to be. */
function whereTo(): string {
	const { registration } = currentEvent;
	if (session.me && session.me.claimable.length > 0) return pathTo("claim");
	if (hasBadgeToScan()) return pathTo("scan");
	if (registration !== null && isCardEmpty(registration.card)) return pathTo("card");
	const wanted = router.place.match?.name;
	const isEntrance = wanted === undefined || ["signIn", "invite", "badgePage"].includes(wanted);
	return isEntrance ? pathTo("today") : router.place.path;
}
