// A phone's lenses as the browser offers them, for tests: streams that know whether they were let go, and lenses with names.
import { vi } from "vitest";

export class FakeTrack extends EventTarget {
	isStopped = false;
	muted = false;
	readonly deviceId: string;
	readonly can: object;
	readonly applyConstraints = vi.fn(async (_: MediaTrackConstraints) => undefined);

	constructor(deviceId: string, can: object) {
		super();
		this.deviceId = deviceId;
		this.can = can;
	}

	stop(): void {
		this.isStopped = true;
	}
	getCapabilities = () => this.can;
	getSettings = () => ({ deviceId: this.deviceId });
	/** As when the system takes the camera away. */
	end(): void {
		this.dispatchEvent(new Event("ended"));
	}
}

export class FakeStream {
	readonly track: FakeTrack;
	constructor(track: FakeTrack) {
		this.track = track;
	}
	getTracks = () => [this.track];
	getVideoTracks = () => [this.track];
}

/** What `getUserMedia` was asked for, and what it gave. */
export class FakeLenses {
	/** The names of the lenses; the first is given when any at the back will do. */
	names: string[];
	can: object = {};
	readonly streams: FakeStream[] = [];
	readonly asked: MediaTrackConstraints[] = [];
	/** Refuses with this, while it is set. */
	refusal: Error | null = null;

	constructor(...names: string[]) {
		this.names = names;
	}

	/** Puts it in the place of the phone's own; answers how to take it away again. */
	install(): () => void {
		const devices = { getUserMedia: this.#give, enumerateDevices: this.#list };
		Object.defineProperty(navigator, "mediaDevices", { value: devices, configurable: true });
		return () => void Reflect.deleteProperty(navigator, "mediaDevices");
	}

	/** Whether each stream that was ever given has been let go. */
	get letGo(): boolean[] {
		return this.streams.map(({ track }) => track.isStopped);
	}

	#give = async ({ video }: { video: MediaTrackConstraints }): Promise<FakeStream> => {
		this.asked.push(video);
		if (this.refusal !== null) throw this.refusal;
		const wanted = (video.deviceId as { exact?: string } | undefined)?.exact;
		const name = wanted === undefined ? this.names[0] : this.names.find((each) => idOf(each) === wanted);
		if (name === undefined) throw new DOMException("no such lens", "OverconstrainedError");
		const stream = new FakeStream(new FakeTrack(idOf(name), this.can));
		this.streams.push(stream);
		return stream;
	};

	#list = async () => this.names.map((label) => ({ kind: "videoinput" as const, deviceId: idOf(label), label }));
}

export const idOf = (name: string): string => `id of ${name}`;
