// Undoes the raw deflate in which a vault carries its JSON.
import type { Bytes } from "./format";

/** The JSON inside. Rejects when the bytes are no whole deflated JSON. */
export function inflated(deflated: Bytes): Promise<unknown> {
	return new Response(new Blob([deflated]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).json();
}
