// Gives a file to the person: through the phone's share sheet where it takes one, else as a download.

/** `dismissed`: the person closed the share sheet, and nothing was given. */
export type Given = "shared" | "saved" | "dismissed";

/** Long enough for the browser to have read the file before its address ends. */
const ADDRESS_LASTS = 60_000;

/** Call it from a tap: browsers open a share sheet only then. */
export async function giveFile(file: File): Promise<Given> {
	if (sharesFiles(file)) {
		try {
			await navigator.share({ files: [file] });
			return "shared";
		} catch (error) {
			if (error instanceof DOMException && error.name === "AbortError") return "dismissed";
			// Some browsers take a file when asked and refuse its kind when it comes; a download is as good.
		}
	}
	save(file);
	return "saved";
}

/** With a mouse people look for a file among their downloads, not in a share sheet. */
function sharesFiles(file: File): boolean {
	return matchMedia("(pointer: coarse)").matches && navigator.canShare?.({ files: [file] }) === true;
}

function save(file: File): void {
	const address = URL.createObjectURL(file);
	const link = document.createElement("a");
	link.href = address;
	link.download = file.name;
	document.body.append(link);
	link.click();
	link.remove();
	setTimeout(() => URL.revokeObjectURL(address), ADDRESS_LASTS);
}
