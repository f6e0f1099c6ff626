// What the roles of a team are called and what each may do, in a line.
import type { Role } from "./team-now.svelte";

export const ROLES: Readonly<Record<Role, { readonly name: string; readonly what: string }>> = {
	OWNER: { name: "Owner", what: "Owner: as an organizer, and cannot be removed" },
	ORGANIZER: { name: "Organizer", what: "Organizer: settings, badges, doors, attendance, team" },
	DOOR_HELPER: { name: "Door helper", what: "Door helper: checks in, finds by name, registers walk-ins" },
};
