// Which event an organizer's or helper's address names, and what they may do there. The server judges again each time.
import type { EventRole } from "../app/session.svelte";

export type TeamEvent = EventRole["event"];
/** What a screen of the team is for. */
export type TeamPlace =
	| "door"
	| "set-up"
	| "team"
	| "attendance"
	| "summary"
	| "reports"
	| "badges"
	| "prompts"
	| "rooms"
	| "import"
	| "doors"
	| "afterwards";

export type Access =
	| { readonly kind: "open"; readonly event: TeamEvent }
	/** They help there, but this is for its organizers. */
	| { readonly kind: "organizers-only"; readonly event: TeamEvent }
	/** Unknown, and not mine to know of: one answer. */
	| { readonly kind: "not-mine" };

/**
 * What these roles open at the event with this word in its address. `opened` is the id of the event that the address led
 * to: it stays open when that word is changed meanwhile.
 */
export function accessTo(
	place: TeamPlace,
	slug: string,
	roles: readonly EventRole[],
	opened: string | null = null,
): Access {
	const named = roles.filter(({ event }) => event.slug === slug.toLowerCase());
	const mine = opened === null ? named : roles.filter(({ event }) => event.id === opened);
	const organizing = mine.find(({ role }) => role !== "DOOR_HELPER");
	const held = organizing ?? mine[0];
	if (held === undefined) return { kind: "not-mine" };
	const isOpen = place === "door" || place === "rooms" || organizing !== undefined;
	return { kind: isOpen ? "open" : "organizers-only", event: held.event };
}
