// Sound and touch for verdicts, silent until the helper turns them on: browsers, and people, want to be asked.
import { type Signal, SoundAndTouch } from "../ui/sound-and-touch";
import type { Tone } from "./verdict";

const SIGNALS: Record<Tone, Signal> = {
	go: { pitches: [784, 1047], length: 0.09, buzzes: [70] },
	look: { pitches: [523, 523, 523], length: 0.09, buzzes: [70, 70, 70] },
	stop: { pitches: [220, 165], length: 0.24, buzzes: [280] },
	plain: { pitches: [523], length: 0.09, buzzes: [40] },
};

export class Signals {
	isOn = $state(false);
	#signals = new SoundAndTouch();

	/** To be called from a press. Turning on lets a welcome be heard, so that the helper knows how loud it is. */
	toggle(): void {
		this.isOn = !this.isOn;
		if (!this.isOn) return;
		this.#signals.open();
		this.give("go");
	}

	give(tone: Tone): void {
		if (this.isOn) this.#signals.give(SIGNALS[tone]);
	}

	/** Lets the sound go, as leaving the door does. */
	close(): void {
		this.isOn = false;
		this.#signals.close();
	}
}
