// Whether this phone is paired with a door, and what became of that. It opens with what the phone remembers, so that a door
// opens without a network; the server's word, once it comes, holds.
import { ChangeDoorHelper, DoorPhone, LeaveDoor, LeaveKiosk, PairDoorPhone } from "../graphql/documents.generated";
import { type Failure, type Outcome, troubleInWords } from "../graphql/outcome";
import { send } from "../graphql/server";
import type { Data } from "../graphql/trusted";
import { keepKiosk } from "../kiosk/kept-kiosk";
import {
	endPlaces,
	forgetPlaces,
	isOfPhone,
	keepPlace,
	type PairedDoor,
	pairedPlace,
	placeOfPhone,
	placeOfRoom,
	unsentAt,
} from "../offline/doors/places";
import { forgetRoster } from "../offline/doors/roster-keeping";
import { sendTheRest } from "./the-rest";

type Phone = NonNullable<Data<typeof DoorPhone>["doorPhone"]>;

export type Standing = "starting" | "none" | "at-door" | "helper-needed" | "revoked" | "over" | "unreachable";

class Paired {
	standing = $state<Standing>("starting");
	/** The door, as far as it is known; also of one that ended, while scans wait. */
	door = $state.raw<PairedDoor | null>(null);
	#over: ReturnType<typeof setTimeout> | undefined;

	/** The name of its place in the phone's stores. */
	get place(): string | null {
		return this.door === null ? null : placeOfPhone(this.door.id);
	}

	/** What it is for; only doors are this folder's. */
	get kind(): PairedDoor["kind"] {
		return this.door?.kind ?? "DOOR";
	}

	/** Opens with what the phone remembers, then asks the server. */
	async start(): Promise<void> {
		const kept = await pairedPlace();
		if (kept !== null && this.standing === "starting") {
			this.door = kept.paired;
			this.standing = "at-door";
		}
		await this.ask();
		if (this.standing === "starting") this.standing = "unreachable";
	}

	/** Asks the server what this phone is. Without an answer everything stays as it was. */
	async ask(): Promise<void> {
		const outcome = await send(DoorPhone, {});
		if (outcome.kind === "failed") await this.#ended(outcome.failure);
		if (outcome.kind !== "data") return;
		const phone = outcome.data.doorPhone;
		if (phone !== null) await this.#is(phone);
		else {
			this.#stop("none");
			await endPlaces(({ paired }) => paired !== null, Date.now());
		}
	}

	/** Becomes the door of the code; answers why not, in words. */
	async pair(code: string, pin: string): Promise<string | null> {
		// What cannot be sent now is sent later, as of what this phone is now.
		await sendTheRest();
		return this.#done(await send(PairDoorPhone, { code, pin }));
	}

	/** The next helper takes this phone. */
	async changeHelper(pin: string): Promise<string | null> {
		return this.#done(await send(ChangeDoorHelper, { pin }));
	}

	/** This phone is no door any longer, and forgets all of it, but not before all is sent. */
	async leave(): Promise<string | null> {
		await sendTheRest();
		if ((await this.#unsent()) > 0)
			return "What waits could not be sent just now, so this phone is still the door. Try again with a connection.";
		const outcome = await send(LeaveDoor, {});
		if (outcome.kind !== "data") return troubleInWords(outcome, "This phone is still the door.");
		await this.#forget();
		this.#stop("none");
		return null;
	}

	/** The same for a kiosk, which takes a helper's PIN. */
	async leaveKiosk(pin: string): Promise<string | null> {
		const outcome = await send(LeaveKiosk, { pin });
		if (outcome.kind !== "data") return troubleInWords(outcome, "This tablet is still a kiosk.");
		await this.#forget();
		this.#stop("none");
		return null;
	}

	/** What waited there is sent. When that is so of all places where it stood, nothing of a phone that ended stays. */
	async sentAll(): Promise<void> {
		await sendTheRest();
		if ((await this.#unsent()) === 0) await this.#forget();
	}

	async #unsent(): Promise<number> {
		return this.door === null ? 0 : unsentAt(isOfPhone(this.door.id));
	}

	async #forget(): Promise<void> {
		const isOwn = this.door === null ? () => false : isOfPhone(this.door.id);
		await forgetPlaces((kept) => kept.paired !== null || isOwn(kept));
	}

	async #done(outcome: Outcome<Phone>): Promise<string | null> {
		if (outcome.kind === "data") {
			await this.#is(outcome.data);
			return null;
		}
		if (outcome.kind === "failed") await this.#ended(outcome.failure);
		return troubleInWords(outcome);
	}

	async #is(phone: Phone): Promise<void> {
		const { id, kind, event, helper, expiresAt, room } = phone;
		keepKiosk(kind === "KIOSK");
		const door = phone.door ?? { id: "", name: "" };
		this.door = { id, kind, event, door, room, helper: helper?.name ?? null, expiresAt };
		const endsAt = Date.parse(expiresAt);
		const place = placeOfPhone(id);
		await this.#keep(place, event.id, room?.id ?? null, endsAt).catch(() => undefined); // too full to remember it: it is one all the same
		this.standing = phone.kind !== "KIOSK" && helper === null ? "helper-needed" : "at-door";
		clearTimeout(this.#over);
		// Longer than a timer can count, it is asked again before.
		const wait = Math.min(Math.max(endsAt - Date.now(), 0) + 1000, 2 ** 31 - 1);
		this.#over = setTimeout(() => void this.ask(), wait);
	}

	async #keep(place: string, event: string, room: string | null, endsAt: number): Promise<void> {
		const own = { person: null, endsAt };
		const isNow = isOfPhone(this.door?.id ?? "");
		await endPlaces((kept) => kept.person === null && !isNow(kept), Date.now());
		await keepPlace({ ...own, place, paired: this.door, at: { event, session: null } });
		if (room === null) return;
		await keepPlace({ ...own, place: placeOfRoom(place, room), paired: null, at: { event, session: room } });
	}

	#stop(standing: "none" | "revoked" | "over"): void {
		clearTimeout(this.#over);
		keepKiosk(false);
		this.standing = standing;
		if (standing === "none") this.door = null;
	}

	/** The list goes at once; scans that were made before are still sent, and go then. */
	async #ended({ reason }: Failure): Promise<void> {
		if (reason === "helper-needed") this.standing = "helper-needed";
		if (reason !== "door-revoked" && reason !== "door-over") return;
		const { place } = this;
		this.#stop(reason === "door-revoked" ? "revoked" : "over");
		if (place !== null) await forgetRoster(place);
	}
}

export const paired = new Paired();
