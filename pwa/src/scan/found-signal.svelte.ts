// A short tone and a buzz when a badge was found, for whoever switched them on. The choice stays on this phone.
import { type Signal, SoundAndTouch } from "../ui/sound-and-touch";

const KEY = "handsel.found-signal";
const FOUND: Signal = { pitches: [659, 880], length: 0.08, buzzes: [60] };

class FoundSignal {
	#isOn = $state(localStorage.getItem(KEY) === "on");
	#signals = new SoundAndTouch();

	get isOn(): boolean {
		return this.#isOn;
	}

	/** To be called from a press. Switching on lets the signal be heard once. */
	set(isOn: boolean): void {
		this.#isOn = isOn;
		if (isOn) {
			localStorage.setItem(KEY, "on");
			this.#signals.open();
			this.give();
		} else {
			localStorage.removeItem(KEY);
			this.close();
		}
	}

	/** Call it while a camera is open; answers how to let the sound go. Does nothing where it is switched off. */
	open(): () => void {
		if (this.#isOn) this.#signals.open();
		return () => this.close();
	}

	/** Lets the sound go; the choice stays. */
	close(): void {
		this.#signals.close();
	}

	give(): void {
		if (this.#isOn) this.#signals.give(FOUND);
	}
}

/** The one choice of this phone. */
export const foundSignal = new FoundSignal();
