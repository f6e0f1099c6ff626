// The table of screens: which file shows an address, and for whom. To add a screen, name its path in paths.ts and add a line here.
import type { Component } from "svelte";
import type { RouteName } from "./paths";

/** The tabs at the bottom, by the route that each stands for. */
export type TabName = "today" | "evening" | "people" | "you";

export interface ScreenEntry {
	/** Loads the screen when it is first needed; every screen takes its path's parameters as `params`. */
	readonly load: () => Promise<{ default: Component<never> }>;
	/** Shown to people who are not signed in as well. */
	readonly open?: true;
	/** Which tab is lit; screens without one show no tabs. */
	readonly tab?: TabName;
	/** Dark whatever the phone says: the evening's own light. */
	readonly scheme?: "dark";
}

export const screens: Partial<Record<RouteName, ScreenEntry>> = {
	today: { load: () => import("../today/today.svelte"), tab: "today" },
	evening: { load: () => import("../evening/evening.svelte"), tab: "evening" },
	eveningOf: { load: () => import("../evening/evening.svelte"), tab: "evening" },
	review: { load: () => import("../review/review.svelte"), tab: "people" },
	people: { load: () => import("../people/people.svelte"), tab: "people" },
	person: { load: () => import("../person/person.svelte"), tab: "people" },
	introductions: { load: () => import("../introductions/introductions.svelte"), tab: "people" },
	you: { load: () => import("../you/you.svelte"), tab: "you" },
	notifications: { load: () => import("../notifications/notifications.svelte"), tab: "you" },
	scan: { load: () => import("../scan/scan.svelte"), scheme: "dark" },
	conversation: { load: () => import("../conversation/conversation.svelte") },
	meetings: { load: () => import("../meetings/meetings.svelte"), tab: "people" },
	newMeeting: { load: () => import("../meetings/new-meeting.svelte") },
	meeting: { load: () => import("../meetings/meeting.svelte") },
	practice: { load: () => import("../practice/practice.svelte") },
	card: { load: () => import("../card/card.svelte") },
	claim: { load: () => import("../claim/claim.svelte") },
	signIn: { load: () => import("../sign-in/sign-in.svelte"), open: true },
	invite: { load: () => import("../invite/invite.svelte"), open: true },
	badgePage: { load: () => import("../badge-page/badge-page.svelte"), open: true },
	organize: { load: () => import("../organize/organize.svelte"), tab: "you" },
	newEvent: { load: () => import("../organize/new.svelte") },
	setUp: { load: () => import("../set-up/set-up.svelte") },
	team: { load: () => import("../crew/crew.svelte") },
	door: { load: () => import("../door/door.svelte") },
	pair: { load: () => import("../door/pair.svelte"), open: true },
	doorPhone: { load: () => import("../door/paired-door.svelte"), open: true },
	doorGuide: { load: () => import("../door-guide/door-guide.svelte"), open: true },
	kiosk: { load: () => import("../kiosk/kiosk.svelte"), open: true },
	attendance: { load: () => import("../attendance/attendance.svelte") },
	summary: { load: () => import("../summary/summary.svelte") },
	reports: { load: () => import("../reports/reports.svelte") },
	import: { load: () => import("../imports/import.svelte") },
	badges: { load: () => import("../badges/badges.svelte") },
	doors: { load: () => import("../doors/doors.svelte") },
	rooms: { load: () => import("../rooms/rooms.svelte") },
	room: { load: () => import("../rooms/room.svelte") },
	prompts: { load: () => import("../prompts/prompts.svelte") },
	afterwards: { load: () => import("../afterwards/afterwards.svelte") },
};
