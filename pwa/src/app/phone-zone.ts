// The person's time zone is the one their phone stands in: by it the hours of what is not at an event are meant.
import { UpdateSettings } from "../graphql/documents.generated";
import { send } from "../graphql/server";
import { session } from "./session.svelte";

/** The IANA zone of this phone; undefined where the browser does not tell. */
export function phoneZone(): string | undefined {
	return new Intl.DateTimeFormat().resolvedOptions().timeZone || undefined;
}

/** What is to be told: the phone's zone, unless it is known already or was refused before. */
export function zoneToTell(known: string, phone: string | undefined, refused: string | null): string | null {
	return phone === undefined || phone === known || phone === refused ? null : phone;
}

/** A zone that the server does not know, so that it is not told again and again. */
let refused: string | null = null;

/** Tells the server when the phone has come to another zone. Without a network the next start tells it. */
export async function followPhone(known: string): Promise<void> {
	const timezone = zoneToTell(known, phoneZone(), refused);
	if (timezone === null) return;
	const outcome = await send(UpdateSettings, { timezone });
	if (outcome.kind === "data") await session.refresh();
	else if (outcome.kind === "problem") refused = timezone;
}
