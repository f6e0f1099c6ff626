// What a trusted document is on the phone: an id, its kind and its types. It never holds query text.
import type { ResultOf, VariablesOf } from "gql.tada";

interface Facts {
	readonly id: string;
	readonly name: string;
	readonly kind: "query" | "mutation" | "subscription";
	/** The one field a mutation asks for. */
	readonly field?: string;
	/** The members of that field's union that mean it was done; null where the field is no union. */
	readonly success?: readonly string[] | null;
}

/** An operation of schema/documents; `Document` lives only in types. */
export type Trusted<Document, Known extends Facts = Facts> = Known & { readonly document?: Document };

export type AnyTrusted = Facts & { readonly document?: unknown };

type DocumentOf<T> = T extends { readonly document?: infer Document } ? NonNullable<Document> : never;

/** The variables that the operation takes. */
export type Variables<T> = VariablesOf<DocumentOf<T>>;

type Unwrapped<T> = T extends { readonly kind: "mutation"; readonly field: infer Field extends string }
	? NonNullable<ResultOf<DocumentOf<T>>> extends infer Result
		? Field extends keyof Result
			? Result[Field]
			: never
		: never
	: ResultOf<DocumentOf<T>>;

type Done<Result, Names> = Names extends readonly (infer Name)[] ? Extract<Result, { __typename: Name }> : Result;

/** What the operation answers when it is done: a query's data whole, a mutation's one field without its refusals. */
export type Data<T> = T extends { readonly success: infer Names } ? Done<Unwrapped<T>, Names> : Unwrapped<T>;
