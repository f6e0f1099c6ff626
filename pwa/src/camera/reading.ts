// What the page and the reading worker say to each other. One question at a time; each gets one answer.

export interface ReadRequest {
	/** Handed over, not copied; the worker closes it. */
	readonly picture: ImageBitmap;
	/** A photograph is read with all patience, a frame of the camera quickly. */
	readonly isPhoto: boolean;
}

export type Reading =
	/** What every QR code in the picture held, the one nearest its middle first; often nothing. */
	| { readonly kind: "read"; readonly texts: readonly string[] }
	/** The reader itself does not work here. */
	| { readonly kind: "broken"; readonly message: string };
