// Which of my events the app is about: the one under way, else the next, else the last, or the one I chose on You.
import { type Registration, session } from "./session.svelte";

const CHOICE = "handsel.registration";
/** Scans count from twelve hours before the start to twelve after the end. */
const MARGIN = 12 * 60 * 60 * 1000;

type Dated = Pick<Registration, "id" | "state"> & { event: { startsAt: string; endsAt: string } };

/** The registration the app opens with at `now` (milliseconds); cancelled ones only when there is nothing else. */
export function opensWith<T extends Dated>(registrations: readonly T[], now: number, chosen: string | null): T | null {
	const mine = registrations.find((each) => each.id === chosen);
	if (mine) return mine;
	const active = registrations.filter((each) => each.state !== "CANCELLED");
	const dated = (active.length > 0 ? active : registrations)
		.map((each) => ({ each, starts: Date.parse(each.event.startsAt), ends: Date.parse(each.event.endsAt) }))
		.sort((a, b) => a.starts - b.starts);
	const underWay = dated.find(({ starts, ends }) => starts <= now && now <= ends);
	const around = dated.find(({ starts, ends }) => starts - MARGIN <= now && now <= ends + MARGIN);
	const next = dated.find(({ starts }) => starts > now);
	return (underWay ?? around ?? next ?? dated.at(-1))?.each ?? null;
}

class CurrentEvent {
	#chosen = $state<string | null>(localStorage.getItem(CHOICE));

	/** My registration at the event the app is about; null when I have none. */
	registration = $derived(opensWith(session.me?.registrations ?? [], Date.now(), this.#chosen));

	choose(registration: string): void {
		this.#chosen = registration;
		localStorage.setItem(CHOICE, registration);
	}
}

export const currentEvent = new CurrentEvent();
