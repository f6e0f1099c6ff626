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

/** What these roles open at the event with this word in its address. */
export function accessTo(place: TeamPlace, slug: string, roles: readonly EventRole[]): Access {
	const mine = roles.filter(({ event }) => event.slug === slug.toLowerCase());
	const organizing = mine.find(({ role }) => role !== "DOOR_HELPER");
	const held = organizing ?? mine[0];
	if (held === undefined) return { kind: "not-mine" };
	const isOpen = place === "door" || place === "rooms" || organizing !== undefined;
	return { kind: isOpen ? "open" : "organizers-only", event: held.event };
}
