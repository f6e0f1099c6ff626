// The badges this phone scanned at one event and what the vault held for them: shown until the server has answered, and
// forgotten where it refuses or the vault no longer has them.
import { eventDay } from "../app/event-time";
import { outbox } from "../offline/outbox/outbox.svelte";
import type { Settled } from "../offline/outbox/sending";
import { type Followed, flightMode } from "../offline/vault/flight-mode.svelte";
import { hexOf } from "../offline/vault/format";
import { forgetOpened, keepOpened, type OpenedBadge, openedBadge, openedBadges } from "../offline/vault/opened";
import type { VaultOf } from "../offline/vault/storing";
import { onGone } from "../swaps/gone";

class ScannedHere {
	/** True once the phone's own database was asked. */
	isKnown = $state(false);
	#of = $state.raw<VaultOf | null>(null);
	#badges = $state.raw<readonly OpenedBadge[]>([]);

	/** Follows what this person scans at this event until the answered function is called. */
	follow(of: VaultOf): () => void {
		this.#of = of;
		void this.#load(of);
		const stops = [
			outbox.onSettled((settled) => this.#settled(settled)),
			flightMode.onFollowed((followed) => this.#followed(followed)),
			onGone((isGone) => this.#letGo(isGone)),
		];
		return () => {
			for (const stop of stops) stop();
			this.#of = null;
			this.#badges = [];
			this.isKnown = false;
		};
	}

	find(key: string): OpenedBadge | null {
		return this.#badges.find((each) => each.key === key) ?? null;
	}

	/** The last scan of this badge on the event's local day of `now`. */
	onSameDay(lookup: Uint8Array, now: Date, timezone: string): OpenedBadge | null {
		const day = eventDay(now, timezone);
		return (
			this.#ofBadge(hexOf(lookup)).findLast((each) => eventDay(new Date(each.scannedAt), timezone) === day) ?? null
		);
	}

	/** The keys of the prompts that were shown of whoever wears this badge. */
	asked(lookup: Uint8Array): ReadonlySet<string> {
		return new Set(this.#ofBadge(hexOf(lookup)).flatMap(({ shown }) => shown));
	}

	/** Which talk with them this one is, as far as this phone knows, counted from one. */
	talk({ lookup, scannedAt }: OpenedBadge): number {
		return this.#ofBadge(lookup).filter((each) => each.scannedAt <= scannedAt).length;
	}

	/** Keeps what was opened. Shown at once; a phone without room shows it as long as the app is open. */
	async keep(badge: OpenedBadge): Promise<void> {
		this.#put(badge);
		await keepOpened(badge).catch(() => undefined);
	}

	/** This prompt of that scan was on the screen: the agenda will have it, and another talk will not begin with it. */
	async show(key: string, libraryKey: string): Promise<void> {
		const badge = this.find(key);
		if (badge === null || badge.shown.includes(libraryKey)) return;
		await Promise.all([
			this.keep({ ...badge, shown: [...badge.shown, libraryKey] }),
			outbox.showPrompts(key, [libraryKey]),
		]);
	}

	async #load(of: VaultOf): Promise<void> {
		const kept = await openedBadges(of);
		if (this.#of !== of) return;
		const isNew = ({ key }: OpenedBadge) => this.find(key) === null;
		this.#badges = [...kept.filter(isNew), ...this.#badges].toSorted((a, b) => a.scannedAt.localeCompare(b.scannedAt));
		this.isKnown = true;
	}

	/** The server's swap stands in for what the vault held; a refused scan was not theirs to see. */
	async #settled({ item, verdict }: Settled): Promise<void> {
		if (item.operation !== "SwapBadges") return;
		// Whoever shows the card hears of this too, and takes over from it what is on the screen.
		await Promise.resolve();
		const badge = this.find(item.key) ?? (await openedBadge(item.person, item.key));
		if (badge === null) return;
		if (verdict.kind === "done") await this.keep({ ...badge, badge: null, version: null, card: null, prompts: [] });
		else await this.#forget(badge);
	}

	#followed({ gone, changed }: Followed): void {
		for (const badge of gone) this.#remove(badge);
		for (const badge of changed) this.#put(badge);
	}

	/** Their wearer may be met anew: a scan of the same badge is then a scan of its own. */
	#letGo(isGone: (swap: string) => boolean): void {
		for (const badge of this.#badges) if (isGone(outbox.contents.nameOf(badge.key))) void this.#forget(badge);
	}

	async #forget(badge: OpenedBadge): Promise<void> {
		this.#remove(badge);
		await forgetOpened(badge);
	}

	#ofBadge(lookup: string): OpenedBadge[] {
		return this.#badges.filter((each) => each.lookup === lookup);
	}

	#put(badge: OpenedBadge): void {
		if (badge.person !== this.#of?.person || badge.event !== this.#of.event) return;
		this.#badges = [...this.#badges.filter(({ key }) => key !== badge.key), badge];
	}

	#remove({ key }: Pick<OpenedBadge, "key">): void {
		this.#badges = this.#badges.filter((each) => each.key !== key);
	}
}

export const scannedHere = new ScannedHere();
