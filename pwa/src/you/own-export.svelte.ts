// My whole export while it is fetched and until it is saved. It lies in memory alone.
import { troubleInWords } from "../graphql/outcome";
import { download } from "../graphql/server";

export class OwnExport {
	/** How much of it is here, from 0 to 1; null while nothing is under way or the server is still making it. */
	part = $state<number | null>(null);
	isBusy = $state(false);
	/** A sentence when it did not come; null otherwise. */
	trouble = $state<string | null>(null);
	file = $state.raw<File | null>(null);

	async fetch(): Promise<void> {
		if (this.isBusy) return;
		this.isBusy = true;
		this.trouble = null;
		this.file = null;
		const outcome = await download("/me/export", "application/zip", { onProgress: (part) => (this.part = part) });
		this.isBusy = false;
		this.part = null;
		if (outcome.kind === "data") {
			this.file = new File([outcome.data.bytes], outcome.data.name, { type: "application/zip" });
		} else {
			this.trouble = troubleInWords(outcome, "Nothing was changed.");
		}
	}
}

/** A size as people say it: "34 kB". */
export function sizeInWords(bytes: number): string {
	const [size, unit] = bytes < 1_000_000 ? [bytes / 1000, "kilobyte"] : [bytes / 1_000_000, "megabyte"];
	return new Intl.NumberFormat("en", { style: "unit", unit, maximumFractionDigits: size < 10 ? 1 : 0 }).format(size);
}
