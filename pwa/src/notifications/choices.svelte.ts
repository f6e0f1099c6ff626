// What the person chose about being told, and what was sent: kept on the phone for reading, changed only with the server.
import {
	Notifications,
	RemovePushDevice,
	SendTestNotice,
	SetQuietHours,
	SwitchNotice,
} from "../graphql/documents.generated";
import { type Trouble, troubleInWords } from "../graphql/outcome";
import { send } from "../graphql/server";
import type { Data } from "../graphql/trusted";
import { Remembered } from "../offline/remembered.svelte";
import type { Channel, Kind } from "./wording";

type Known = Data<typeof Notifications>["notifications"];
const SAFE = "What was saved before still holds.";

export class Choices {
	readonly answer = new Remembered(Notifications, {});
	isBusy = $state(false);
	/** A sentence when the last change did not happen. */
	trouble = $state<string | null>(null);
	/** What was done last, in words. */
	told = $state<string | null>(null);

	get known(): Known | null {
		return this.answer.data?.notifications ?? null;
	}

	read(): Promise<void> {
		return this.answer.read();
	}

	async switch(kind: Kind, channel: Channel, on: boolean): Promise<void> {
		const way = channel === "PUSH" ? "push" : "mail";
		const before = this.known?.kinds ?? [];
		await this.#change({ kinds: before.map((each) => (each.kind === kind ? { ...each, [way]: on } : each)) });
		const isDone = await this.#during(send(SwitchNotice, { kind, channel, on }));
		if (!isDone) await this.#change({ kinds: before });
	}

	async setQuietHours(starts: string, ends: string): Promise<boolean> {
		const isDone = await this.#during(send(SetQuietHours, { starts, ends }));
		if (isDone) await this.#change({ quietFrom: starts, quietUntil: ends });
		return isDone;
	}

	async removeDevice(device: string): Promise<void> {
		if (await this.#during(send(RemovePushDevice, { device }), "It takes no pushes any more."))
			await this.answer.refresh();
	}

	async test(): Promise<void> {
		const told = "A test is on its way by mail and to every device that takes pushes. It shows below in a few seconds.";
		if (await this.#during(send(SendTestNotice, { key: crypto.randomUUID() }), told)) await this.answer.refresh();
	}

	async #during(asked: Promise<{ readonly kind: "data" } | Trouble>, told: string | null = null): Promise<boolean> {
		this.isBusy = true;
		this.trouble = this.told = null;
		const outcome = await asked;
		this.isBusy = false;
		if (outcome.kind !== "data") {
			this.trouble = troubleInWords(outcome, SAFE);
			return false;
		}
		this.told = told;
		return true;
	}

	#change(some: Partial<Known>): Promise<void> {
		return this.answer.change((data) => ({ ...data, notifications: { ...data.notifications, ...some } }));
	}
}
