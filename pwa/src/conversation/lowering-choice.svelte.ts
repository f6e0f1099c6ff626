// Whether the talk dims as the phone is lowered. The choice stays on this phone. Some phones ask before they tell how they
// are held; that question comes only from the switch under You, never in the middle of a talk.

const KEY = "handsel.lowering";

/** What some browsers add to the standard's event: the question that only a press may ask. */
type Asking = { requestPermission?: () => Promise<"granted" | "denied"> };

const asking = (): Asking | undefined => (globalThis as { DeviceOrientationEvent?: Asking }).DeviceOrientationEvent;

class LoweringChoice {
	/** The phone may tell how it is held at all. */
	readonly isPossible = asking() !== undefined;
	/** The phone asks before it tells; it is then off until it was switched on here. */
	isAsked = $state(asking()?.requestPermission !== undefined);
	#chosen = $state(localStorage.getItem(KEY));

	constructor() {
		if (this.isAsked) void this.#look();
	}

	get isOn(): boolean {
		return this.isPossible && (this.#chosen ?? (this.isAsked ? "off" : "on")) === "on";
	}

	/** To be called from a press. False when the phone does not allow it; it then stays off. */
	async set(isOn: boolean): Promise<boolean> {
		this.#chosen = isOn ? "on" : "off";
		// A browser that refuses to ask is one that does not allow it.
		const allowed =
			!isOn ||
			!this.isAsked ||
			(await asking()
				?.requestPermission?.()
				.catch(() => "denied")) === "granted";
		if (!allowed) this.#chosen = "off";
		localStorage.setItem(KEY, this.#chosen);
		return allowed;
	}

	/** Some browsers can ask and need not: they have allowed it beforehand. */
	async #look(): Promise<void> {
		const name = "accelerometer" as PermissionName;
		const known = await navigator.permissions?.query({ name }).catch(() => null);
		if (known?.state === "granted") this.isAsked = false;
	}
}

/** The one choice of this phone. */
export const loweringChoice = new LoweringChoice();
