// Short tones, and a buzz where the phone can. It gives them no meaning and asks nobody: whoever signals decides both.

export interface Signal {
	/** Hertz, one after the other. */
	readonly pitches: readonly number[];
	/** Seconds of each. */
	readonly length: number;
	/** Milliseconds of buzzing and of rest, in turns. */
	readonly buzzes: readonly number[];
}

const LOUDNESS = 0.25;

export class SoundAndTouch {
	#audio: AudioContext | null = null;

	/** To be called from a press, or while the camera is open: at other times browsers keep silent. */
	open(): void {
		this.#audio ??= new AudioContext();
		// Where it may not sound, nothing is heard, and nothing else is different.
		this.#audio.resume().catch(() => undefined);
	}

	/** Heard once it is open; felt wherever the phone can buzz. */
	give({ pitches, length, buzzes }: Signal): void {
		navigator.vibrate?.([...buzzes]);
		// Some phones let it sound only now that the camera is open.
		this.#audio?.resume().catch(() => undefined);
		pitches.forEach((pitch, index) => {
			this.#sound(pitch, index * length, length);
		});
	}

	/** Lets the sound go. */
	close(): void {
		this.#audio?.close().catch(() => undefined);
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
