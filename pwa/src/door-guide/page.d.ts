// What `build/document.ts` makes of a page of docs/.
declare module "*?document" {
	export const blocks: readonly import("./document").Block[];
}
