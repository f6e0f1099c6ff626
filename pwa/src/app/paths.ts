// Every address of the app, by name. It knows no screen, so that the service worker can read it too.

/** A part with a colon is a parameter. Paths under /B are printed on badges, in capitals. */
export const paths = {
	today: "/",
	evening: "/evening",
	eveningOf: "/evening/:event",
	review: "/review",
	people: "/people",
	person: "/people/:relationship",
	introductions: "/introductions",
	you: "/you",
	notifications: "/you/notifications",
	card: "/card",
	claim: "/claim",
	scan: "/scan",
	conversation: "/conversations/:swap",
	meetings: "/meetings",
	newMeeting: "/meetings/new",
	meeting: "/meetings/:meeting",
	practice: "/practice",
	signIn: "/sign-in",
	invite: "/invite",
	badgePage: "/B/:token",
	organize: "/organize",
	newEvent: "/organize/new",
	setUp: "/organize/:slug/set-up",
	team: "/organize/:slug/team",
	door: "/organize/:slug/door",
	pair: "/pair",
	doorPhone: "/door",
	doorGuide: "/door/guide",
	kiosk: "/kiosk",
	attendance: "/organize/:slug/attendance",
	summary: "/organize/:slug/summary",
	reports: "/organize/:slug/reports",
	badges: "/organize/:slug/badges",
	prompts: "/organize/:slug/prompts",
	doors: "/organize/:slug/doors",
	rooms: "/organize/:slug/rooms",
	import: "/organize/:slug/import",
	room: "/organize/:slug/rooms/:session",
	afterwards: "/organize/:slug/afterwards",
} as const;

export type RouteName = keyof typeof paths;

type Names<Path extends string> = Path extends `${infer Start}/${infer Rest}`
	? Names<Start> | Names<Rest>
	: Path extends `:${infer Name}`
		? Name
		: never;

/** The parameters of a route, by name. */
export type Params<Name extends RouteName = RouteName> = { readonly [P in Names<(typeof paths)[Name]>]: string };

export interface Match<Name extends RouteName = RouteName> {
	readonly name: Name;
	readonly params: Readonly<Record<string, string>>;
}

const parts = (path: string) => path.split("/").filter((part) => part !== "");

/** The route of a pathname, or null where there is none. Capitals count only in parameters. */
export function matchPath(pathname: string): Match | null {
	const given = parts(pathname);
	for (const [name, path] of Object.entries(paths) as [RouteName, string][]) {
		const wanted = parts(path);
		if (wanted.length !== given.length) continue;
		const params: Record<string, string> = {};
		const fits = wanted.every((part, index) => {
			const value = given[index] ?? "";
			if (!part.startsWith(":")) return part.toLowerCase() === value.toLowerCase();
			params[part.slice(1)] = decode(value);
			return true;
		});
		if (fits) return { name, params };
	}
	return null;
}

/** The address of a route: `pathTo("conversation", { swap: id })`. */
export function pathTo<Name extends RouteName>(
	name: Name,
	...[params]: keyof Params<Name> extends never ? [] : [Params<Name>]
): string {
	const values: Readonly<Record<string, string>> = params ?? {};
	return paths[name].replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(values[key] ?? ""));
}

/** Undoes percent signs; unlike decodeURIComponent it does not throw on a lone one. */
function decode(part: string): string {
	return new URLSearchParams(`part=${part.replaceAll("+", "%2B").replaceAll("&", "%26")}`).get("part") ?? "";
}
