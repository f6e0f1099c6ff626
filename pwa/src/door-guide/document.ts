// A written page as the build hands it over: blocks of words, ready to be set. It holds no HTML, so nothing in it can run.
export interface Span {
	readonly text: string;
	readonly strong?: true;
	readonly em?: true;
}

export type Line = readonly Span[];

export type Block =
	| { readonly kind: "heading"; readonly level: number; readonly line: Line }
	| { readonly kind: "paragraph"; readonly line: Line }
	| { readonly kind: "list"; readonly isOrdered: boolean; readonly items: readonly Line[] }
	| { readonly kind: "table"; readonly head: readonly Line[]; readonly rows: readonly (readonly Line[])[] };
