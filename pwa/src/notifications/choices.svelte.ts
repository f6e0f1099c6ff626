// What the person chose about being told, and what was sent, as this phone knows it: choices go through the outbox and
// show at once. Only a test needs the network.
import { Notifications, SendTestNotice } from "../graphql/documents.generated";
import { troubleInWords } from "../graphql/outcome";
import { send } from "../graphql/server";
import { Choosing } from "../offline/outbox/choosing.svelte";
import { outbox } from "../offline/outbox/outbox.svelte";
import type { Settled } from "../offline/outbox/sending";
import { Remembered } from "../offline/remembered.svelte";
import { type Known, layOver, withChosen } from "./laid-over";
import type { Channel, Kind } from "./wording";

const UNTESTED = "A test goes out only with a connection. Nothing was sent, and nothing else was changed.";

export class Choices {
	isTesting = $state(false);
	/** What became of the test, in words. */
	tested = $state.raw<{ readonly isOnItsWay: boolean; readonly words: string } | null>(null);
	#answer = new Remembered(Notifications, {});
	#person: string;
	#choosing = new Choosing();

	constructor(person: string) {
		this.#person = person;
	}

	/** With what waits in the outbox laid over what the server said; null until something is known. */
	get known(): Known | null {
		const known = this.#answer.data?.notifications ?? null;
		return known && layOver(known, outbox.contents.waiting);
	}

	/** Why what is shown may be old; null while it is fresh. */
	get trouble() {
		return this.#answer.trouble;
	}

	/** Hears what came of the choices, until the answered function is called. */
	follow(): () => void {
		return outbox.onSettled((settled) => this.#settled(settled));
	}

	read(): Promise<void> {
		return this.#answer.read();
	}

	refresh(): Promise<void> {
		return this.#answer.refresh();
	}

	async switch(kind: Kind, channel: Channel, on: boolean): Promise<void> {
		const variables = { kind, channel, on };
		await this.#choosing.put(this.#person, switchOf(kind, channel), { operation: "SwitchNotice", variables });
	}

	/** Why a switch of this kind does not stand as it was tapped. */
	switchTrouble(kind: Kind): string | null {
		const [push, mail] = [switchOf(kind, "PUSH"), switchOf(kind, "MAIL")];
		return this.#choosing.troubleOf(push) ?? this.#choosing.troubleOf(mail);
	}

	setQuietHours(starts: string, ends: string): Promise<boolean> {
		const variables = { starts, ends };
		return this.#choosing.put(this.#person, QUIET_HOURS, { operation: "SetQuietHours", variables });
	}

	get quietTrouble(): string | null {
		return this.#choosing.troubleOf(QUIET_HOURS);
	}

	async removeDevice(device: string): Promise<void> {
		const variables = { device };
		await this.#choosing.put(this.#person, slotOf(device), { operation: "RemovePushDevice", variables });
	}

	/** Why this device could not be removed. */
	deviceTrouble(device: string): string | null {
		return this.#choosing.troubleOf(slotOf(device));
	}

	/** Sends a test now or not at all: one that came hours later would tell nothing. */
	async test(): Promise<void> {
		this.isTesting = true;
		this.tested = null;
		const outcome = await send(SendTestNotice, { key: crypto.randomUUID() });
		this.isTesting = false;
		if (outcome.kind !== "data") {
			const words = outcome.kind === "offline" ? UNTESTED : troubleInWords(outcome);
			this.tested = { isOnItsWay: false, words };
			return;
		}
		const words =
			"A test is on its way by mail and to every device that takes pushes. It shows below in a few seconds.";
		this.tested = { isOnItsWay: true, words };
		await this.refresh();
	}

	#settled({ item, verdict }: Settled): Promise<void> | void {
		if (verdict.kind !== "done") return;
		return this.#answer.change(({ notifications }) => ({ notifications: withChosen(notifications, item) }));
	}
}

const QUIET_HOURS = "quiet hours";
const slotOf = (device: string) => `push device ${device}`;
const switchOf = (kind: Kind, channel: Channel) => `notice ${kind} ${channel}`;
