import { describe, expect, test } from "vitest";
import { matchPath, paths, pathTo, type RouteName } from "./paths";

describe("matchPath", () => {
	test("the root is Today", () => {
		expect(matchPath("/")).toEqual({ name: "today", params: {} });
	});

	test("parameters are read by name and undone from percent signs", () => {
		expect(matchPath("/organize/gar%C3%A7on-2026/door")).toEqual({ name: "door", params: { slug: "garçon-2026" } });
	});

	test("a trailing slash is the same address", () => {
		expect(matchPath("/evening/")?.name).toBe("evening");
	});

	test("a badge's address is found in capitals and in small letters, and its token keeps its letters", () => {
		expect(matchPath("/B/7KQ2M9XW")).toEqual({ name: "badgePage", params: { token: "7KQ2M9XW" } });
		expect(matchPath("/b/7kq2m9xw")).toEqual({ name: "badgePage", params: { token: "7kq2m9xw" } });
	});

	test("a lone percent sign breaks nothing", () => {
		expect(matchPath("/conversations/100%")).toEqual({ name: "conversation", params: { swap: "100%" } });
	});

	test("addresses of the server are none of the app's", () => {
		expect(matchPath("/graphql")).toBeNull();
		expect(matchPath("/events/demo/attendance.csv")).toBeNull();
	});
});

describe("pathTo", () => {
	test("writes what matchPath reads, for every route", () => {
		const values = {
			swap: "a/b+c d",
			slug: "x&y",
			token: "T%",
			relationship: "r/1",
			meeting: "m?2",
			event: "e=3",
			session: "s#4",
		};
		for (const name of Object.keys(paths) as RouteName[]) {
			const path = (pathTo as (name: RouteName, params: typeof values) => string)(name, values);
			expect(matchPath(path)?.name).toBe(name);
			for (const [key, value] of Object.entries(matchPath(path)?.params ?? {})) {
				expect(value).toBe(values[key as keyof typeof values]);
			}
		}
	});
});
