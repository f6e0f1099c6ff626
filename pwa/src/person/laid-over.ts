// What I keep of somebody as the server said it last, with what was written since laid over it: by things that still wait,
// or by what the server took. Pure; it asks and keeps nothing.
import type { Person as PersonDocument } from "../graphql/documents.generated";
import type { Data } from "../graphql/trusted";
import type { Operation } from "../offline/outbox/operations";
import type { Waiting } from "../offline/outbox/waiting";
import { withOne } from "../swaps/laid-over";

type Node = NonNullable<Data<typeof PersonDocument>["node"]>;
export type Kept = Extract<Node, { __typename: "Relationship" }>;
export type Gift = Kept["gifts"][number];

/** With what waits about them. */
export const layOver = (person: Kept, waiting: readonly Waiting[]): Kept =>
	waiting.reduce((laid, item) => withWritten(laid, item, item.madeAt), person);

/** After one operation, taken as it was written at `madeAt`: the server takes it so or not at all. */
export function withWritten(person: Kept, written: Operation, madeAt: string): Kept {
	switch (written.operation) {
		case "SetRelationshipKind":
			return { ...person, kind: written.variables.kind ?? null };
		case "LetRest":
			return { ...person, restingUntil: written.variables.until ?? null };
		case "LogTouch": {
			const { at, key } = written.variables;
			const lastTouchAt = [person.lastTouchAt ?? at, at].toSorted().at(-1) ?? at;
			const known = person.gifts.filter(({ id }) => !id.startsWith(key));
			return { ...person, lastTouchAt, gifts: [...giftsOf(written.variables, madeAt), ...known] };
		}
		case "TakeBackTouch":
			return { ...person, gifts: person.gifts.filter(({ id }) => !id.startsWith(written.variables.key)) };
		case "ForgetGift":
			return { ...person, gifts: person.gifts.filter(({ id }) => id !== written.variables.gift) };
		case "KeepPromise":
			return withPromise(person, written.variables.promise, madeAt);
		case "ReopenPromise":
			return withPromise(person, written.variables.promise, null);
		case "AddNote": {
			const { text, key } = written.variables;
			return { ...person, notes: withOne(person.notes, { id: key, key, kind: "NOTE", text, writtenAt: madeAt }) };
		}
		case "Withdraw":
		case "Block":
			return withoutSwap(person, (swap) => swap === written.variables.swap);
		default:
			return person;
	}
}

/** Without the swaps that are gone: nothing of the other is left in it then, and all that is mine. */
export function withoutSwap(person: Kept, isGone: (swap: string) => boolean): Kept {
	const swaps = person.swaps.filter(({ id }) => !isGone(id));
	return { ...person, swaps, ended: !swaps.some(({ share }) => share === "MUTUAL") };
}

type Touch = Extract<Operation, { operation: "LogTouch" }>["variables"];

/** What was given and received with a touch, under names of the phone's own until the server has them. */
function giftsOf({ key, gave, gaveKind, received, receivedKind }: Touch, givenAt: string): Gift[] {
	const gift = (
		direction: Gift["direction"],
		text: string | null | undefined,
		kind: Gift["kind"] | null | undefined,
	) =>
		text || kind
			? [{ id: `${key} ${direction}`, direction, kind: kind ?? ("OTHER" as const), text: text ?? "", givenAt }]
			: [];
	return [...gift("GAVE", gave, gaveKind), ...gift("RECEIVED", received, receivedKind)];
}

function withPromise(person: Kept, named: string, keptAt: string | null): Kept {
	const promises = person.promises.map((each) =>
		each.id === named || each.key === named
			? { ...each, keptAt: keptAt === null ? null : (each.keptAt ?? keptAt) }
			: each,
	);
	return { ...person, promises };
}
