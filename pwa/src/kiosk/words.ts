// The few sentences that a kiosk says, in the languages that people can choose there. They never say why somebody is sent to
// the desk: others stand by.

export type Proof = "TICKET" | "BADGE" | "BOTH";

export interface Words {
	/** The language's own name. */
	readonly language: string;
	readonly title: string;
	/** What lets people in here, as the sentences below name it. */
	readonly proof: Readonly<Record<Proof, string>>;
	readonly hold: (proof: string) => string;
	readonly noCamera: string;
	readonly type: string;
	readonly code: (proof: string) => string;
	readonly codeHint: string;
	readonly codeMissing: (proof: string) => string;
	readonly checkIn: string;
	readonly back: string;
	readonly oneMoment: string;
	/** With a first name, or without one where it is not known here. */
	readonly welcome: (name: string | null) => string;
	readonly badge: string;
	readonly comeIn: string;
	readonly desk: string;
	readonly deskHelps: string;
	readonly team: string;
	readonly teamTitle: string;
	readonly teamLeave: string;
}

export const WORDS = {
	en: {
		language: "English",
		title: "Welcome",
		proof: { TICKET: "ticket", BADGE: "badge", BOTH: "ticket or badge" },
		hold: (proof) => `Hold your ${proof} in front of the camera.`,
		noCamera: "The camera is resting. Please type the code, or see the desk.",
		type: "Type the code instead",
		code: (proof) => `The code on your ${proof}`,
		codeHint: "It stands under the QR code.",
		codeMissing: (proof) => `Please type the code on your ${proof}.`,
		checkIn: "Check in",
		back: "Back",
		oneMoment: "One moment",
		welcome: (name) => (name === null ? "Welcome." : `Welcome, ${name}.`),
		badge: "Your badge waits at the desk.",
		comeIn: "Please come in.",
		desk: "Please see the desk",
		deskHelps: "Somebody there will help you.",
		team: "For the team",
		teamTitle: "For the team",
		teamLeave: "End the kiosk",
	},
	de: {
		language: "Deutsch",
		title: "Willkommen",
		proof: { TICKET: "Ticket", BADGE: "Namensschild", BOTH: "Ticket oder Namensschild" },
		hold: (proof) => `Halte dein ${proof} vor die Kamera.`,
		noCamera: "Die Kamera ruht gerade. Bitte tippe den Code ein oder geh zum Empfang.",
		type: "Code eintippen",
		code: (proof) => `Der Code auf deinem ${proof}`,
		codeHint: "Er steht unter dem QR-Code.",
		codeMissing: (proof) => `Bitte tippe den Code von deinem ${proof} ein.`,
		checkIn: "Einchecken",
		back: "Zurück",
		oneMoment: "Einen Moment",
		welcome: (name) => (name === null ? "Willkommen." : `Willkommen, ${name}.`),
		badge: "Dein Namensschild liegt am Empfang bereit.",
		comeIn: "Komm herein.",
		desk: "Bitte geh zum Empfang",
		deskHelps: "Dort hilft dir jemand.",
		team: "Für das Team",
		teamTitle: "Für das Team",
		teamLeave: "Kiosk beenden",
	},
} as const satisfies Record<string, Words>;

export type KioskLanguage = keyof typeof WORDS;

/** The one to begin with: the first of the tablet's own that there are words for. */
export const firstLanguage = (languages: readonly string[]): KioskLanguage =>
	languages.map((each) => each.slice(0, 2).toLowerCase()).find((each): each is KioskLanguage => each in WORDS) ?? "en";

/** What is shown of one scan, to whoever stands before the tablet and all who stand by. */
export type Answer = { readonly kind: "welcome"; readonly name: string | null } | { readonly kind: "desk" };

/** Somebody is welcomed or sent to the desk; nothing else of a verdict is told. A list without names knows none. */
export function answerTo(verdict: string, name: string | null): Answer {
	if (verdict !== "ADMITTED") return { kind: "desk" };
	return { kind: "welcome", name: name?.trim().split(/\s+/)[0] || null };
}

/** Milliseconds that an answer stands. */
export const standsFor = ({ kind }: Answer): number => (kind === "welcome" ? 3000 : 8000);
