// @vitest-environment node
import { describe, expect, test } from "vitest";
import vectors from "../../../../tests/vault/vectors.json";
import { type Bytes, bytesOfHex, hexOf, type VaultRecord } from "./format";
import { NotAVault, readVault } from "./reading";

/** A stream of the bytes in chunks of `size`, with an empty one among them as networks may send. */
function streamOf(bytes: Bytes, size: number): ReadableStream<Uint8Array> {
	return new ReadableStream({
		start(controller) {
			for (let at = 0; at < bytes.length; at += size) {
				controller.enqueue(bytes.slice(at, at + size));
				if (at === size) controller.enqueue(new Uint8Array());
			}
			controller.close();
		},
	});
}

async function read(bytes: Bytes, size: number) {
	const { header, records } = await readVault(streamOf(bytes, size));
	const all: VaultRecord[] = [];
	for await (const record of records) all.push(record);
	return { header, records: all };
}

const [whole] = vectors.bodies;
const wholeBytes = bytesOfHex(whole?.bytes ?? "");

describe.each(vectors.bodies)("a body: $about", (body) => {
	test.each([1, 3, 7, 64, 1000, 1_000_000])("is read from chunks of %i bytes", async (size) => {
		const { header, records } = await read(bytesOfHex(body.bytes), size);
		expect(header).toEqual(body.header);
		const entries = records.flatMap((record) => (record.kind === "entry" ? [record.entry] : []));
		expect(
			entries.map(({ lookup, version, nonce, sealed }) => ({
				lookup: hexOf(lookup),
				version,
				nonce: hexOf(nonce),
				ciphertext: hexOf(sealed),
			})),
		).toEqual(body.entries);
		expect(records.flatMap((each) => (each.kind === "gone" ? [hexOf(each.lookup)] : []))).toEqual(body.gone);
		expect(records.some(({ kind }) => kind === "texts")).toBe(body.hasTexts);
	});
});

describe("a body that is not whole", () => {
	test("is refused wherever it was cut off", async () => {
		for (let length = 0; length < wholeBytes.length; length += 97) {
			await expect(read(wholeBytes.slice(0, length), 50)).rejects.toBeInstanceOf(NotAVault);
		}
	});

	test("is refused when it goes on after its last record", async () => {
		await expect(read(Uint8Array.of(...wholeBytes, 1), 50)).rejects.toBeInstanceOf(NotAVault);
	});

	test("is refused when it is something else: the page of a captive portal", async () => {
		await expect(read(new TextEncoder().encode("<!doctype html><p>Welcome"), 50)).rejects.toBeInstanceOf(NotAVault);
	});

	test("is refused when a length is past anything that a vault holds", async () => {
		const endless = wholeBytes.slice();
		endless.set([255, 255, 255, 255], 4);
		await expect(read(endless, 50)).rejects.toBeInstanceOf(NotAVault);
	});

	test("brings the network's own error when that breaks off", async () => {
		const breaking = new ReadableStream<Uint8Array>({
			start(controller) {
				controller.enqueue(wholeBytes.slice(0, 300));
			},
			pull(controller) {
				controller.error(new TypeError("network error"));
			},
		});
		const { records } = await readVault(breaking);
		await expect(records.next().then(() => records.next())).rejects.toThrow("network error");
	});
});
