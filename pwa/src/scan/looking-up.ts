// What the phone itself makes of a badge in view: the conversation of today with its wearer, or the card that the vault
// holds for it. It waits for no network.
import { isToken, openBadge, type Reader } from "../flight/opening-badge";
import { scannedHere } from "../flight/scanned-here.svelte";
import type { Put } from "../offline/outbox/not-kept";
import { outbox } from "../offline/outbox/outbox.svelte";
import { type EventTimes, isNearEnough } from "../offline/vault/keeping-up";
import type { OpenedBadge } from "../offline/vault/opened";
import { lookupOf } from "../offline/vault/opening";
import { arrivals } from "../swaps/arrivals.svelte";

export interface Scan {
	readonly badge: string;
	readonly key: string;
	/** The phone's own time, RFC 3339. */
	readonly scannedAt: string;
}

export interface Scanner extends Reader, EventTimes {
	/** The event's zone. */
	readonly timezone: string;
}

/** The address of a conversation that is open already, or what this scan opens; null when it is for the server alone. */
export async function lookUp(scanner: Scanner, fresh: Scan): Promise<string | OpenedBadge | null> {
	if (!isToken(fresh.badge) || !isNearEnough(scanner, Date.now())) return null;
	const lookup = await lookupOf(fresh.badge);
	const today = scannedHere.onSameDay(lookup, new Date(), scanner.timezone);
	if (today !== null && isOpen(today)) return today.key;
	// Scanned before and still without a card: it is the same scan, and the vault may hold more by now.
	const scan = today?.badge ? { ...fresh, key: today.key, scannedAt: today.scannedAt } : fresh;
	return openBadge(scanner, scan, scannedHere.asked(lookup));
}

/** Keeps the scan with what it opened; the server hears that its first prompt was shown. */
export async function keepScan(event: string, scan: Scan, opened: OpenedBadge | null): Promise<Put> {
	const shown = opened?.prompts.slice(0, 1).map(({ key }) => key) ?? [];
	const isKept = outbox.contents.scans.some(({ key }) => key === scan.key);
	if (isKept) void outbox.flush();
	const put = isKept ? "kept" : await outbox.addScan({ event, ...scan, shownPrompts: shown });
	if (put === "kept" && opened !== null) await scannedHere.keep({ ...opened, shown });
	return put;
}

/** Whether today's scan of a badge leads to a conversation: its card is here, or its swap has not ended since. */
function isOpen({ key, badge, card }: OpenedBadge): boolean {
	if (badge !== null) return card !== null;
	const { met } = arrivals;
	return !met?.isKnown || met.swaps.some(({ id }) => id === outbox.contents.nameOf(key));
}
