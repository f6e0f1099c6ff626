// What somebody can be to me, in words. The kinds are the contract's; nobody but me ever sees them.
import type { Person } from "./people-list.svelte";

export type RelationshipKind = NonNullable<Person["kind"]>;

export const KINDS: readonly { readonly kind: RelationshipKind; readonly name: string }[] = [
	{ kind: "STAY_IN_TOUCH", name: "Stay in touch" },
	{ kind: "GET_TO_KNOW", name: "Get to know" },
	{ kind: "WORKED_WITH", name: "Worked with" },
];
