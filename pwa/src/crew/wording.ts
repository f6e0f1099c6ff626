// What the roles of a team are called and what each may do, and how far an invitation has come, in a line each.
import { appLocale, dateInWords } from "../app/event-time";
import type { Role, Waiting } from "./team-now.svelte";

export const ROLES: Readonly<Record<Role, { readonly name: string; readonly what: string }>> = {
	OWNER: { name: "Owner", what: "Owner: as an organizer, and cannot be removed" },
	ORGANIZER: { name: "Organizer", what: "Organizer: settings, badges, doors, attendance, team" },
	DOOR_HELPER: { name: "Door helper", what: "Door helper: checks in, finds by name, registers walk-ins" },
};

/** What became of the mail that invites somebody. */
export function howFar({ sentAt, refusedAt, expiresAt }: Waiting, timezone: string): string {
	if (sentAt !== null) return `the link works until ${dateInWords(new Date(expiresAt), timezone, appLocale())}`;
	if (refusedAt !== null) return "no mail is taken for this address: check it, and invite them again";
	return "the mail is on its way";
}
