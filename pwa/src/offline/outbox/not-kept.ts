// What became of something that was put into the outbox, and what the app says when it could not be kept.

/** `no-room`: the phone could not keep it. `signed-out`: nobody is signed in whose it could be. Nothing else was touched
 * then; the words must stay where they were written. */
export type Put = "kept" | "no-room" | "signed-out";

const SENTENCES = {
	"no-room": "This phone has no room left to keep that. Nothing else was changed. Free some space, then try once more.",
	"signed-out":
		"You are not signed in just now, so that was not kept. Nothing else was changed. Sign in, then try once more.",
} as const;

/** Why it was not kept, in words; null when it was. */
export const whyNotKept = (put: Put): string | null => (put === "kept" ? null : SENTENCES[put]);
