// What is said of a key that rests since whoever answered for it no longer organizes the event. Pure.
import type { ProgramKey } from "./program-keys-store.svelte";
import { count } from "./wording";

type Resting = Pick<ProgramKey, "answeredBy" | "held" | "name" | "sender">;

const who = ({ answeredBy }: Pick<Resting, "answeredBy">): string => answeredBy || "Whoever made it";

/** The line beneath its name. */
export function whyItRests(key: Resting): string {
	const held =
		key.held === 0 ? "" : ` ${deliveries(key.held)} ${key.held === 1 ? "waits" : "wait"} for you, for seven days each.`;
	return `Nothing comes in by it: ${who(key)} no longer organizes this event.${held}`;
}

/** What going on with it means. */
export function whatGoingOnMeans(key: Resting): string {
	const held =
		key.held === 0 ? "" : ` ${deliveries(key.held)} that came meanwhile ${key.held === 1 ? "is" : "are"} brought in.`;
	const what = key.sender === "INTERFACE" ? "token" : "secret";
	return `You answer for it from then on, and it works again.${held} ${who(key)} may still know its ${what}: where you can, make a new key instead and revoke this one.`;
}

/** For the team's screen: what rests now, and where to decide. */
export function whatRests(keys: readonly Resting[]): string | null {
	const [first] = keys;
	if (first === undefined) return null;
	const names = keys.map(({ name }) => name).join(", ");
	const one = keys.length === 1;
	return `${names} ${one ? "brings" : "bring"} nobody in now: ${one ? `${who(first)} answered for its key and no longer organizes` : "those who answered for their keys no longer organize"} this event. Go on with ${one ? "it" : "them"} or revoke ${one ? "it" : "them"} under Import.`;
}

/** What leaves with somebody of the team; null where nothing does. */
export function whatRestsThen(keys: readonly Resting[]): string | null {
	if (keys.length === 0) return null;
	const names = keys.map(({ name }) => name).join(", ");
	return `${keys.length === 1 ? "A key of another program rests" : "Keys of other programs rest"} from then on: ${names}. ${keys.length === 1 ? "It brings" : "They bring"} nobody in until an organizer who stays goes on with ${keys.length === 1 ? "it" : "them"} under Import; what a shop signs and sends meanwhile waits there.`;
}

const deliveries = (number: number): string => count(number, "delivery", "deliveries");
