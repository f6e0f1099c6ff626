// What an event's doors read, in words. Pure.
import type { StationOf } from "./station.svelte";

export const PROOF: Readonly<Record<StationOf["event"]["checksInWith"], string>> = {
	TICKET: "ticket",
	BADGE: "badge",
	BOTH: "ticket or badge",
};
