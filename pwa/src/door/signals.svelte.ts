// Sound and touch for verdicts, silent until the helper turns them on: browsers, and people, want to be asked.
import type { Tone } from "./verdict";

/** Pitches in hertz, one after the other, and the length of each in seconds. */
const TONES: Record<Tone, { readonly pitches: readonly number[]; readonly length: number }> = {
	go: { pitches: [784, 1047], length: 0.09 },
	look: { pitches: [523, 523, 523], length: 0.09 },
	stop: { pitches: [220, 165], length: 0.24 },
	plain: { pitches: [523], length: 0.09 },
};

/** Milliseconds of buzzing and of rest, in turns. */
const BUZZES: Record<Tone, readonly number[]> = {
	go: [70],
	look: [70, 70, 70],
	stop: [280],
	plain: [40],
};

const LOUDNESS = 0.25;

export class Signals {
	isOn = $state(false);
	#audio: AudioContext | null = null;

	/** To be called from a press. Turning on lets a welcome be heard, so that the helper knows how loud it is. */
	toggle(): void {
		this.isOn = !this.isOn;
		if (!this.isOn) return;
		this.#audio ??= new AudioContext();
		void this.#audio.resume();
		this.give("go");
	}

	give(tone: Tone): void {
		if (!this.isOn) return;
		navigator.vibrate?.([...BUZZES[tone]]);
		const { pitches, length } = TONES[tone];
		pitches.forEach((pitch, index) => {
			this.#sound(pitch, index * length, length);
		});
	}

	/** Lets the sound go, as leaving the door does. */
	close(): void {
		this.isOn = false;
		void this.#audio?.close();
		this.#audio = null;
	}

	#sound(pitch: number, after: number, length: number): void {
		const audio = this.#audio;
		if (audio === null) return;
		const begin = audio.currentTime + after;
		const voice = audio.createOscillator();
		const loudness = audio.createGain();
		voice.type = "triangle";
		voice.frequency.value = pitch;
		loudness.gain.setValueAtTime(0, begin);
		loudness.gain.linearRampToValueAtTime(LOUDNESS, begin + 0.01);
		loudness.gain.linearRampToValueAtTime(0, begin + length);
		voice.connect(loudness).connect(audio.destination);
		voice.start(begin);
		voice.stop(begin + length);
	}
}
