// Which of a phone's lenses to read badges with: one at the back that sees at arm's length. Judged by the names that
// systems give them, and by what was chosen on this phone. A lens's id and name say nothing about a person.

export interface Lens {
	readonly id: string;
	/** The system's own name for it, in the phone's language. */
	readonly name: string;
	/** 0 for a lens that fits, more the less it does. */
	readonly rank: number;
}

const FRONT = /front|user|facetime|selfie|vorder|vorne|avant|anterior|前面|前置|전면|передн|фронт|przedni/i;
const BACK =
	/back|rear|environment|rück|hinter|arrière|traser|traseir|posterior|achter|背面|后置|後置|후면|задн|tylny/i;
/** Too wide to see a small code, too long to see a near one, or no picture at all. */
const UNFIT = /ultra|超广角|超廣角|超広角|tele|télé|長焦|长焦|望遠|macro|infrared|\bir\b|depth|tof|desk view/i;
/** Chrome on Android numbers the lenses; the lowest is the main one of its side. */
const NUMBERED = /camera2? (\d+)/i;
const KEY = "handsel.lens";
/** So much picture that a badge is read at arm's length: the code of a small label is then some 100 pixels wide. */
const SIZE: MediaTrackConstraints = { width: { ideal: 1920 }, height: { ideal: 1080 }, frameRate: { ideal: 30 } };

/** What can be chosen among, the fittest first: the lenses at the back where names tell, else those not at the front, else all. */
export function lensesAmong(devices: readonly Pick<MediaDeviceInfo, "kind" | "deviceId" | "label">[]): Lens[] {
	const found = devices.filter(({ kind, deviceId }) => kind === "videoinput" && deviceId !== "");
	const behind = found.filter(({ label }) => BACK.test(label) && !FRONT.test(label));
	const notInFront = found.filter(({ label }) => !FRONT.test(label));
	const choice = [behind, notInFront, found].find(({ length }) => length > 0) ?? [];
	const lowest = Math.min(...choice.map(({ label }) => numberOf(label)));
	return choice
		.map(({ deviceId, label }) => ({ id: deviceId, name: label, rank: rankOf(label, lowest) }))
		.sort((one, other) => one.rank - other.rank);
}

/** The lens to change to: the one that was chosen here, else one that fits better than the one in use; null to stay. */
export function betterLens(lenses: readonly Lens[], inUse: Lens | null, chosen: Lens | null): Lens | null {
	// Browsers change their ids now and then; the name stays.
	const again =
		chosen && (lenses.find(({ id }) => id === chosen.id) ?? lenses.find(({ name }) => name === chosen.name));
	if (again) return again.id === inUse?.id ? null : again;
	const [best] = lenses;
	if (best === undefined) return null;
	if (inUse === null) return BACK.test(best.name) ? best : null;
	return best.rank < inUse.rank ? best : null;
}

/** Which side of the device looks: a kiosk is looked at from the front. */
export type Facing = "back" | "front";

/** The stream of this lens, or of one on that side where there is none or it is gone. Rejects as `getUserMedia` does. */
export async function openLens(lens: Lens | null, facing: Facing = "back"): Promise<MediaStream> {
	const ask = (video: MediaTrackConstraints) =>
		navigator.mediaDevices.getUserMedia({ audio: false, video: { ...SIZE, ...video } });
	if (lens !== null) {
		try {
			return await ask({ deviceId: { exact: lens.id } });
		} catch (error) {
			const isGone = error instanceof DOMException && ["OverconstrainedError", "NotFoundError"].includes(error.name);
			if (!isGone) throw error;
		}
	}
	return ask({ facingMode: { ideal: facing === "back" ? "environment" : "user" } });
}

/** The lens chosen last on this phone, or null. */
export function keptLens(): Lens | null {
	const [id, name] = localStorage.getItem(KEY)?.split("\n") ?? [];
	return id === undefined || name === undefined ? null : { id, name, rank: 0 };
}

export const keepLens = ({ id, name }: Lens): void => localStorage.setItem(KEY, `${id}\n${name}`);

function numberOf(label: string): number {
	return Number(NUMBERED.exec(label)?.[1] ?? Number.POSITIVE_INFINITY);
}

function rankOf(label: string, lowest: number): number {
	if (UNFIT.test(label)) return 2;
	return numberOf(label) > lowest ? 1 : 0;
}
