// What of my contact a swap is offered when I say no more than "share": what I chose last, as far as it is written down.
import type { Person } from "../app/session.svelte";

export type ContactField = Person["sharing"]["fields"][number];

/** A detail of mine that can be shared, with its name and what it says. */
export interface OwnDetail {
	readonly field: ContactField;
	readonly name: string;
	readonly value: string;
}

/** What I have written down. Without a contact address the one I sign in with stands in. */
export function ownDetails({ contact, email }: Pick<Person, "contact" | "email">): OwnDetail[] {
	return [
		{ field: "EMAIL" as const, name: "Mail", value: contact.email ?? email },
		{ field: "PHONE" as const, name: "Phone", value: contact.phone ?? "" },
		{ field: "LINKS" as const, name: "Links", value: contact.links.join(", ") },
	].filter(({ value }) => value !== "");
}

/** What I chose last; the mail where nothing of that is written down. */
export function usualFields(me: Pick<Person, "contact" | "email" | "sharing">): ContactField[] {
	const written = ownDetails(me).map(({ field }) => field);
	const usual = written.filter((field) => me.sharing.fields.includes(field));
	return usual.length > 0 ? usual : ["EMAIL"];
}

/** "mail and phone", in the order in which they are always named. */
export function fieldsInWords(fields: readonly ContactField[]): string {
	const names = { EMAIL: "mail", PHONE: "phone", LINKS: "links" } as const;
	const said = (["EMAIL", "PHONE", "LINKS"] as const)
		.filter((field) => fields.includes(field))
		.map((field) => names[field]);
	return new Intl.ListFormat("en", { type: "conjunction" }).format(said);
}
