// The phone's camera: opens the one at the back, stops it always, and says in words why there is none. It reads no codes.

export type CameraTrouble = "denied" | "none" | "busy" | "insecure";

const WANTED: MediaStreamConstraints = {
	audio: false,
	video: { facingMode: { ideal: "environment" }, width: { ideal: 1280 }, height: { ideal: 720 } },
};

const SENTENCES: Record<CameraTrouble, string> = {
	denied: "This app may not use the camera. You can allow it in the browser’s settings for this site.",
	none: "No camera was found on this device.",
	busy: "The camera did not start. Another app may be using it.",
	insecure: "The camera works only on a secure address, one that begins with https.",
};

/** What is wrong, as a sentence for the person. The other ways to scan stand beside it. */
export const cameraTroubleInWords = (trouble: CameraTrouble): string => SENTENCES[trouble];

/** The browser's name for why it gave no camera, in our words. */
export function troubleOf(error: unknown): CameraTrouble {
	const name = error instanceof DOMException ? error.name : "";
	if (name === "NotAllowedError" || name === "SecurityError") return "denied";
	if (name === "NotFoundError" || name === "OverconstrainedError") return "none";
	return "busy";
}

/** The light beside the lens; TypeScript's own library does not know it. */
type WithTorch = MediaTrackCapabilities & { readonly torch?: boolean };
type TorchConstraints = MediaTrackConstraints & { advanced: [{ torch: boolean }] };

export class Camera {
	/** The picture, while there is one. */
	stream = $state.raw<MediaStream | null>(null);
	trouble = $state<CameraTrouble | null>(null);
	hasTorch = $state(false);
	isTorchOn = $state(false);
	#starts = 0;

	/** Opens the camera. A later `start` or `stop` wins over one still under way, whose stream is let go at once. */
	async start(): Promise<void> {
		this.stop();
		const mine = this.#starts;
		this.trouble = null;
		if (!window.isSecureContext || !navigator.mediaDevices) {
			this.trouble = "insecure";
			return;
		}
		try {
			const stream = await navigator.mediaDevices.getUserMedia(WANTED);
			if (mine === this.#starts) this.#use(stream);
			else letGo(stream);
		} catch (error) {
			if (mine === this.#starts) this.trouble = troubleOf(error);
		}
	}

	/** Lets the camera go; its light goes out. Safe to call at any time. */
	stop(): void {
		this.#starts += 1;
		if (this.stream !== null) letGo(this.stream);
		this.stream = null;
		this.hasTorch = false;
		this.isTorchOn = false;
	}

	async toggleTorch(): Promise<void> {
		const [track] = this.stream?.getVideoTracks() ?? [];
		const wanted = !this.isTorchOn;
		try {
			await track?.applyConstraints({ advanced: [{ torch: wanted }] } as TorchConstraints);
			this.isTorchOn = wanted;
		} catch {
			// Some phones name a torch that they do not let a page light.
			this.hasTorch = false;
		}
	}

	#use(stream: MediaStream): void {
		const [track] = stream.getVideoTracks();
		this.stream = stream;
		this.hasTorch = (track?.getCapabilities?.() as WithTorch | undefined)?.torch === true;
		// The system took the camera away (a call came in, permission was withdrawn).
		track?.addEventListener("ended", () => {
			if (this.stream !== stream) return;
			this.stop();
			this.trouble = "busy";
		});
	}
}

function letGo(stream: MediaStream): void {
	for (const track of stream.getTracks()) track.stop();
}
