// Turns schema/documents/*.graphql into src/graphql/documents.generated.ts: one typed constant per operation that
// carries the SHA-256 of the file's bytes and no query text. Refuses a document that the schema cannot answer.
// @ts-check
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { minifyIntrospection, outputIntrospectionFile } from "@gql.tada/internal";
import {
	buildSchema,
	getNamedType,
	introspectionFromSchema,
	isInterfaceType,
	isObjectType,
	isUnionType,
	parse,
	validate,
} from "graphql";

/** The one place that says which contract the app is built against. */
const SCHEMA = fileURLToPath(new URL("../../schema/schema.graphql", import.meta.url));
const DOCUMENTS = fileURLToPath(new URL("../../schema/documents", import.meta.url));
const OUTPUT = fileURLToPath(new URL("../src/graphql", import.meta.url));

const schema = buildSchema(readFileSync(SCHEMA, "utf8"));
const problem = schema.getType("Problem");
if (!isInterfaceType(problem)) throw new Error("The schema has no interface Problem.");
const problemNames = schema.getPossibleTypes(problem).map((type) => type.name);

/** @param {string} name */
const kebab = (name) => name.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();

/**
 * The members of a mutation's result union that mean it was done; null where the result is not a union.
 * @param {string} field
 */
function successNames(field) {
	const type = getNamedType(schema.getMutationType()?.getFields()[field]?.type);
	if (!isUnionType(type)) return null;
	return type
		.getTypes()
		.filter((member) => isObjectType(member) && !problemNames.includes(member.name))
		.map((member) => member.name);
}

/**
 * Reads one document and answers its two lines of TypeScript: the text, for types alone, and the trusted constant.
 * Throws with what is wrong in it.
 * @param {string} file
 */
function linesFor(file) {
	const bytes = readFileSync(join(DOCUMENTS, file));
	const text = bytes.toString("utf8");
	const document = parse(text);
	const [operation, ...more] = document.definitions;
	if (operation?.kind !== "OperationDefinition" || more.length > 0 || !operation.name) {
		throw new Error("holds something other than one named operation");
	}
	const name = operation.name.value;
	if (`${kebab(name)}.graphql` !== file) throw new Error(`should be named ${kebab(name)}.graphql`);
	const errors = validate(schema, document);
	if (errors.length > 0) throw new Error(errors.map((error) => error.message).join("\n    "));

	/** @type {Record<string, unknown>} */
	const facts = { id: `sha256:${createHash("sha256").update(bytes).digest("hex")}`, name, kind: operation.operation };
	if (operation.operation === "mutation") {
		const [root, ...others] = operation.selectionSet.selections;
		if (root?.kind !== "Field" || others.length > 0 || root.alias) throw new Error("asks for more than one mutation");
		facts.field = root.name.value;
		facts.success = successNames(root.name.value);
		const asksTypename = root.selectionSet?.selections.some(
			(selection) => selection.kind === "Field" && selection.name.value === "__typename",
		);
		if (facts.success && !asksTypename) throw new Error("does not select __typename on its result union");
	}
	const written = JSON.stringify(facts);
	return {
		query: `export const ${name} = graphql(${JSON.stringify(text)});\n`,
		document: `export const ${name}: Trusted<typeof queries.${name}, ${written}> = ${written};\n`,
	};
}

const complaints = [];
let queries = "";
let documents = "";
for (const file of readdirSync(DOCUMENTS)
	.filter((name) => name.endsWith(".graphql"))
	.sort()) {
	try {
		const lines = linesFor(file);
		queries += lines.query;
		documents += lines.document;
	} catch (error) {
		complaints.push(`  ${basename(file)}: ${error instanceof Error ? error.message : error}`);
	}
}
if (complaints.length > 0) {
	console.error(`These documents do not fit ${SCHEMA}:\n${complaints.join("\n")}`);
	process.exit(1);
}

const introspection = minifyIntrospection(introspectionFromSchema(schema, { descriptions: false }));
writeFileSync(
	join(OUTPUT, "schema.generated.d.ts"),
	outputIntrospectionFile(introspection, { fileType: ".d.ts", shouldPreprocess: true }),
);
writeFileSync(
	join(OUTPUT, "queries.generated.ts"),
	`// Made by build/documents.mjs from schema/documents; imported for its types alone, so that no text reaches the phone.
import { initGraphQLTada } from "gql.tada";
import type { introspection } from "./schema.generated";

const graphql = initGraphQLTada<{
	introspection: introspection;
	scalars: { DateTime: string; Date: string; ID: string };
}>();

${queries}`,
);
writeFileSync(
	join(OUTPUT, "documents.generated.ts"),
	`// Made by build/documents.mjs from schema/documents; not edited and not committed.
import type * as queries from "./queries.generated";
import type { Trusted } from "./trusted";

/** Every refusal the contract knew when this app was built. */
export type ProblemName = ${problemNames.map((name) => JSON.stringify(name)).join(" | ")};

${documents}`,
);
