// The doors of one event with their phones, helpers and conflicts, kept fresh by the server's word that something changed.
// Nothing of a change that did not reach the server is shown as done.
import { session } from "../app/session.svelte";
import {
	AddDoor,
	AddDoorHelper,
	ClosePairing,
	DoorChanged,
	EventDoors,
	MarkConflictSeen,
	OpenPairing,
	RemoveDoor,
	RemoveDoorHelper,
	RenameDoor,
	RevokeDoorPhone,
} from "../graphql/documents.generated";
import { type Trouble, troubleInWords } from "../graphql/outcome";
import { follow, send } from "../graphql/server";
import { Remembered } from "../offline/remembered.svelte";
import type { Conflict, Door, Helper, Phone, ShownCode } from "./wording";

/** Milliseconds between two questions while nothing comes by itself: when phones were seen last moves without a word. */
const ASK_EACH = 20_000;

export interface Pairing extends ShownCode {
	readonly door: Door;
	readonly kind: "DOOR" | "KIOSK";
}

export class DoorsOfEvent {
	/** What was done last, in words. */
	told = $state.raw<string | null>(null);
	/** Why the last change did not happen. */
	notChanged = $state.raw<string | null>(null);
	isBusy = $state(false);
	/** The code on the screen; gone with the screen. */
	pairing = $state.raw<Pairing | null>(null);
	/** The helper who was just added, with the PIN that is shown this once. */
	added = $state.raw<{ readonly name: string; readonly pin: string } | null>(null);
	readonly #event: string;
	readonly #answer: Remembered<typeof EventDoors>;
	/** One key for one wish, so that a lost answer adds nothing twice. */
	#wish: { readonly asked: string; readonly key: string } | null = null;

	constructor(event: string) {
		this.#event = event;
		this.#answer = new Remembered(EventDoors, { event });
	}

	get doors(): readonly Door[] | null {
		return this.#answer.data?.doors ?? null;
	}

	get helpers(): readonly Helper[] {
		return this.#answer.data?.doorHelpers ?? [];
	}

	get phones(): readonly Phone[] {
		return this.#answer.data?.doorPhones ?? [];
	}

	get conflicts(): readonly Conflict[] {
		return this.#answer.data?.doorConflicts ?? [];
	}

	get trouble(): Trouble | null {
		return this.#answer.trouble;
	}

	refresh(): Promise<void> {
		return this.#answer.refresh();
	}

	/** Reads, then follows until the answered function is called. */
	follow(): () => void {
		void this.#answer.read();
		const stop = follow(
			DoorChanged,
			{ event: this.#event },
			{
				data: () => void this.#answer.refresh(),
				ended: () => void session.refresh(),
			},
		);
		const asking = setInterval(() => void this.#answer.refresh(), ASK_EACH);
		return () => {
			stop();
			clearInterval(asking);
		};
	}

	async addDoor(name: string): Promise<boolean> {
		const wish = this.#key(`door ${name}`);
		const done = await this.#change(() => send(AddDoor, { event: this.#event, name, key: wish }));
		if (done !== null) this.#done(`“${done.name}” is added.`);
		return done !== null;
	}

	async renameDoor(door: Door, name: string): Promise<boolean> {
		const done = await this.#change(() => send(RenameDoor, { door: door.id, name }));
		if (done !== null) this.#done(`“${door.name}” is now “${done.name}”.`);
		return done !== null;
	}

	async removeDoor(door: Door): Promise<void> {
		const done = await this.#change(() => send(RemoveDoor, { door: door.id }));
		if (done !== null) this.#done(`“${door.name}” is removed. What was scanned there stays in the log.`);
		if (done !== null && this.pairing?.door.id === door.id) this.pairing = null;
	}

	async addHelper(name: string): Promise<boolean> {
		const wish = this.#key(`helper ${name}`);
		const done = await this.#change(() => send(AddDoorHelper, { event: this.#event, name, key: wish }));
		if (done === null) return false;
		this.#done(null);
		this.added = { name: done.helper.name, pin: done.pin };
		return true;
	}

	async removeHelper(helper: Helper): Promise<void> {
		const done = await this.#change(() => send(RemoveDoorHelper, { helper: helper.id }));
		if (done !== null) this.#done(`The PIN of ${helper.name} no longer works.`);
		if (done !== null && this.added?.name === helper.name) this.added = null;
	}

	async openPairing(door: Door, kind: Pairing["kind"]): Promise<void> {
		const done = await this.#change(() => send(OpenPairing, { door: door.id, kind }));
		if (done === null) return;
		this.told = null;
		this.pairing = { door, kind, address: done.address, code: done.code, expiresAt: done.expiresAt };
	}

	async closePairing(): Promise<void> {
		const shown = this.pairing;
		if (shown === null) return;
		if ((await this.#change(() => send(ClosePairing, { door: shown.door.id }))) === null) return;
		this.pairing = null;
		this.#done("The code no longer works. Phones that are paired stay paired.");
	}

	async revoke(phone: Phone): Promise<void> {
		const done = await this.#change(() => send(RevokeDoorPhone, { phone: phone.id }));
		if (done !== null) this.#done("That phone is off its door. What it scanned before still counts.");
	}

	async seen(conflict: Conflict): Promise<void> {
		const done = await this.#change(() => send(MarkConflictSeen, { conflict: conflict.id }));
		if (done !== null) this.#done(null);
	}

	#key(asked: string): string {
		if (this.#wish?.asked !== asked) this.#wish = { asked, key: crypto.randomUUID() };
		return this.#wish.key;
	}

	#done(sentence: string | null): void {
		this.#wish = null;
		this.told = sentence;
	}

	/** Asks for a change and reads everything anew; null where it did not happen, and says why. */
	async #change<T>(ask: () => Promise<{ kind: "data"; data: T } | Trouble>): Promise<T | null> {
		if (this.isBusy) return null;
		this.isBusy = true;
		this.notChanged = null;
		const outcome = await ask();
		this.isBusy = false;
		if (outcome.kind !== "data") {
			this.notChanged = troubleInWords(outcome, "Nothing was changed.");
			return null;
		}
		await this.#answer.refresh();
		return outcome.data;
	}
}
