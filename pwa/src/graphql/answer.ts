// Reads a GraphQL response into an Outcome. It knows the wire's shapes and nothing of fetch or sockets.
import type { Failure, FailureReason, Outcome, Problem } from "./outcome";
import type { AnyTrusted, Data } from "./trusted";

const REASONS: Record<string, FailureReason> = {
	UNAUTHENTICATED: "signed-out",
	FORBIDDEN: "forbidden",
	NOT_FOUND: "missing",
	DOCUMENT_NOT_FOUND: "outdated",
	RATE_LIMITED: "busy",
	DOOR_PHONE_REVOKED: "door-revoked",
	DOOR_PHONE_EXPIRED: "door-over",
	DOOR_HELPER_NEEDED: "helper-needed",
};

const SENTENCES: Record<FailureReason, string> = {
	"signed-out": "You are signed out on this phone. Please sign in again; what is on it stays.",
	forbidden: "This is not open to you. If it should be, ask the organizer of the event.",
	missing: "This could not be found. It may be gone, or belong to another event.",
	outdated: "A newer version of the app is there. Update it to go on.",
	busy: "That was a lot at once. Please wait a moment and try again.",
	"door-revoked": "This phone was taken off the door. What it has sent is safe. An organizer can pair it again.",
	"door-over": "This event is over, and this phone’s time at its door with it. What it has sent is safe.",
	"helper-needed": "Somebody has to say who holds this phone: type your PIN. What was scanned is safe.",
	broken: "Something went wrong on the server. Nothing you wrote is lost; please try again in a while.",
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === "object" && value !== null && !Array.isArray(value);

/** A failure with our own sentence for it; the reference is added where there is one. */
export function failure(reason: FailureReason, reference: string | null = null): Failure {
	const sentence = SENTENCES[reason];
	const message = reference ? `${sentence} Reference: ${reference}` : sentence;
	return { reason, message, reference, retryAfter: null };
}

function failureOf(errors: readonly unknown[]): Failure {
	const extensions = errors.map((error) => (isRecord(error) && isRecord(error.extensions) ? error.extensions : {}));
	const known = extensions.map(({ code }) => REASONS[String(code)]).find((reason) => reason !== undefined);
	const reference = extensions.map((each) => each.reference).find((each) => typeof each === "string");
	return failure(known ?? "broken", reference ?? null);
}

function problemOf(result: Record<string, unknown>): Problem {
	return {
		name: String(result.__typename),
		message: String(result.message ?? SENTENCES.broken),
		field: typeof result.field === "string" ? result.field : null,
		retryAfter: typeof result.retryAfter === "number" ? result.retryAfter : null,
		mayCountLater: result.mayCountLater === true,
		...(Array.isArray(result.faults) && { faults: result.faults.map(String) }),
	};
}

/** Turns a response body into an outcome; anything that is not a GraphQL response counts as broken. */
export function read<T extends AnyTrusted>(document: T, body: unknown): Outcome<Data<T>> {
	if (!isRecord(body)) return { kind: "failed", failure: failure("broken") };
	if (Array.isArray(body.errors) && body.errors.length > 0) {
		return { kind: "failed", failure: failureOf(body.errors) };
	}
	if (!isRecord(body.data)) return { kind: "failed", failure: failure("broken") };
	if (document.field === undefined) return { kind: "data", data: body.data as Data<T> };

	const result = body.data[document.field];
	// Asked by what success looks like: a refusal younger than this app is then still shown as one.
	if (document.success && isRecord(result) && !document.success.includes(String(result.__typename))) {
		return { kind: "problem", problem: problemOf(result) };
	}
	return { kind: "data", data: result as Data<T> };
}
