// The phone's camera: opens the lens at the back, opens it anew when its picture dies, stops it always, and says what is
// wrong when there is none. It reads no codes.
import { betterLens, type Facing, keepLens, keptLens, type Lens, lensesAmong, openLens } from "./lenses";
import type { Health } from "./picture-health";
import { type CanDo, tuningFor } from "./tuning";

export type CameraTrouble =
	| "denied"
	| "none"
	| "busy"
	| "insecure"
	/** The browser has neither given nor refused one; it may be asking. */
	| "slow"
	/** There is a picture, and nothing in it: a dead lens, or a covered one. */
	| "black"
	/** The picture stopped, however often the camera was opened anew. */
	| "stopped";

/** How often in a row a dead picture is answered by opening the camera anew. */
const RESTARTS = 2;
/** Looks at a good picture after which an earlier death is forgotten: about ten seconds. */
const STEADY = 20;
/** Milliseconds between letting a camera go and asking for it again; some phones give black pictures without. */
const PAUSE = 300;
/** Milliseconds after which a camera that has not come is said to be slow. */
const SLOW = 6000;

/** The browser's name for why it gave no camera, in our words. */
export function troubleOf(error: unknown): CameraTrouble {
	const name = error instanceof DOMException ? error.name : "";
	if (name === "NotAllowedError" || name === "SecurityError") return "denied";
	if (name === "NotFoundError" || name === "OverconstrainedError") return "none";
	return "busy";
}

export class Camera {
	/** The picture, while there is one. */
	stream = $state.raw<MediaStream | null>(null);
	trouble = $state<CameraTrouble | null>(null);
	/** It was asked for and has not come yet. */
	isStarting = $state(false);
	/** What can be chosen among, the best first; with one there is no choice. */
	lenses = $state.raw<readonly Lens[]>([]);
	/** The one in use, where the browser tells. */
	lens = $state.raw<Lens | null>(null);
	hasTorch = $state(false);
	isTorchOn = $state(false);
	#facing: Facing;
	#starts = 0;
	#restartsLeft = RESTARTS;
	#fineLooks = 0;
	#mayChangeLens = true;
	/** Kept through restarts: whoever wanted light still wants it. */
	#wantsTorch = false;

	constructor(facing: Facing = "back") {
		this.#facing = facing;
	}

	/** Opens the camera. A later `start` or `stop` wins over one still under way, whose stream is let go at once. */
	async start(): Promise<void> {
		this.#restartsLeft = RESTARTS;
		this.#mayChangeLens = true;
		await this.#open();
	}

	/** Lets the camera go; its light goes out. Safe to call at any time. */
	stop(): void {
		this.#starts += 1;
		if (this.stream !== null) letGo(this.stream);
		this.stream = null;
		this.isStarting = false;
		this.hasTorch = false;
		this.isTorchOn = false;
		this.#fineLooks = 0;
	}

	/** The picture has begun: only now do phones know what the lens can do. */
	async begun(): Promise<void> {
		const [track] = this.stream?.getVideoTracks() ?? [];
		if (track !== undefined) await this.#tune(track);
	}

	/** What the picture looks like now, told twice a second by whoever watches it. */
	saw(health: Health): void {
		this.#fineLooks = health === "fine" ? this.#fineLooks + 1 : 0;
		if (health === "fine" && this.trouble === "black") this.trouble = null;
		if (this.#fineLooks >= STEADY) this.#restartsLeft = RESTARTS;
		if (health === "frozen") this.#lost("stopped");
		if (health === "black") this.#dark();
	}

	async toggleTorch(): Promise<void> {
		this.#wantsTorch = !this.isTorchOn;
		await this.begun();
	}

	/** The next lens of those there are, kept on this phone. */
	async nextLens(): Promise<void> {
		const at = this.lenses.findIndex(({ id }) => id === this.lens?.id);
		const next = this.lenses[(at + 1) % this.lenses.length];
		if (next === undefined) return;
		keepLens(next);
		await this.start();
	}

	async #open(pause = 0): Promise<void> {
		this.stop();
		const mine = this.#starts;
		this.trouble = null;
		if (!window.isSecureContext || !navigator.mediaDevices) {
			this.trouble = "insecure";
			return;
		}
		this.isStarting = true;
		if (pause > 0) await wait(pause);
		if (mine === this.#starts) await this.#ask(mine);
	}

	async #ask(mine: number): Promise<void> {
		const slow = setTimeout(() => {
			if (mine === this.#starts) this.trouble = "slow";
		}, SLOW);
		try {
			// What was chosen on this phone was chosen at its back.
			const stream = await openLens(this.#facing === "back" ? keptLens() : null, this.#facing);
			if (mine === this.#starts) this.#use(stream);
			else letGo(stream);
		} catch (error) {
			if (mine === this.#starts) this.trouble = troubleOf(error);
		} finally {
			clearTimeout(slow);
			if (mine === this.#starts) this.isStarting = false;
		}
	}

	#use(stream: MediaStream): void {
		this.stream = stream;
		this.trouble = null;
		// The system took the camera away: a call came in, permission was withdrawn, it was unplugged.
		stream.getVideoTracks()[0]?.addEventListener("ended", () => {
			if (this.stream === stream) this.#lost("busy");
		});
		void this.#findLenses(stream);
	}

	/** The picture is dead: the camera is opened anew a few times, then the person decides. */
	#lost(trouble: CameraTrouble): void {
		if (this.#restartsLeft > 0) {
			this.#restartsLeft -= 1;
			void this.#open(PAUSE);
			return;
		}
		this.stop();
		this.trouble = trouble;
	}

	/** Black may be a dead camera or a covered lens. When opening it anew changed nothing, the picture stays, for the light to come back. */
	#dark(): void {
		if (this.#restartsLeft > 0) this.#lost("black");
		else this.trouble = "black";
	}

	async #findLenses(stream: MediaStream): Promise<void> {
		if (this.#facing === "front") return;
		// Only a list to choose from: without it the camera works as it is.
		const devices = await navigator.mediaDevices.enumerateDevices().catch(() => []);
		if (this.stream !== stream) return;
		this.lenses = lensesAmong(devices);
		const inUse = stream.getVideoTracks()[0]?.getSettings().deviceId;
		this.lens = this.lenses.find(({ id }) => id === inUse) ?? null;
		const better = betterLens(this.lenses, this.lens, keptLens());
		if (better === null || !this.#mayChangeLens) return;
		this.#mayChangeLens = false;
		keepLens(better);
		await this.#open();
	}

	async #tune(track: MediaStreamTrack): Promise<void> {
		const can: CanDo = track.getCapabilities?.() ?? {};
		this.hasTorch = can.torch === true;
		const tuning = tuningFor(can, this.#wantsTorch);
		if (tuning === null) return;
		try {
			await track.applyConstraints(tuning);
			if (track === this.stream?.getVideoTracks()[0]) this.isTorchOn = this.hasTorch && this.#wantsTorch;
		} catch {
			// Some phones name a torch that they do not let a page light.
			this.hasTorch = false;
			this.#wantsTorch = false;
		}
	}
}

const wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

function letGo(stream: MediaStream): void {
	for (const track of stream.getTracks()) track.stop();
}
