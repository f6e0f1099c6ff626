// A Vite plugin by which a page of docs/ comes into the app: `import { blocks } from "….md?document"` is its words in blocks. It
// knows what such a page is written with, and fails the build for anything else rather than leave it out.
import { readFileSync } from "node:fs";
import { marked, type Token, type Tokens } from "marked";
import type { Plugin } from "vite";
import type { Block, Line, Span } from "../src/door-guide/document.ts";

const ASKED = /\.md\?document$/;

/** The blocks of a page written in Markdown. Throws for what this app has no way to set. */
export function blocksOf(markdown: string): Block[] {
	return marked.lexer(markdown).flatMap((token) => (token.type === "space" ? [] : [blockOf(token)]));
}

function blockOf(token: Token): Block {
	switch (token.type) {
		case "heading":
			return { kind: "heading", level: token.depth, line: lineOf(token.tokens ?? []) };
		case "paragraph":
			return { kind: "paragraph", line: lineOf(token.tokens ?? []) };
		case "list": {
			const { ordered, items } = token as Tokens.List;
			return { kind: "list", isOrdered: ordered, items: items.map((item) => lineOf(item.tokens)) };
		}
		case "table": {
			const { header, rows } = token as Tokens.Table;
			const cells = (row: readonly Tokens.TableCell[]) => row.map((cell) => lineOf(cell.tokens));
			return { kind: "table", head: cells(header), rows: rows.map(cells) };
		}
		default:
			throw new Error(`A page of the app cannot hold this: ${token.raw.slice(0, 60)}`);
	}
}

function lineOf(tokens: readonly Token[], set: Pick<Span, "strong" | "em"> = {}): Line {
	return tokens.flatMap((token): Line => {
		if (token.type === "strong") return lineOf(token.tokens ?? [], { ...set, strong: true });
		if (token.type === "em") return lineOf(token.tokens ?? [], { ...set, em: true });
		if (token.type !== "text") return [{ text: plain(token), ...set }];
		return "tokens" in token && token.tokens ? lineOf(token.tokens, set) : [{ text: inOneLine(token.raw), ...set }];
	});
}

function plain(token: Token): string {
	if (token.type === "codespan" || token.type === "escape") return (token as Tokens.Codespan).text;
	throw new Error(`A line of a page cannot hold this: ${token.raw.slice(0, 60)}`);
}

const inOneLine = (text: string): string => text.replaceAll("\n", " ");

export function documents(): Plugin {
	return {
		name: "handsel-documents",
		enforce: "pre",
		load(id) {
			if (!ASKED.test(id)) return;
			const file = id.replace(/\?document$/, "");
			this.addWatchFile(file);
			return `export const blocks = ${JSON.stringify(blocksOf(readFileSync(file, "utf8")))}`;
		},
	};
}
