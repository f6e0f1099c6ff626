// What a push says. One that cannot be read still shows something: browsers end subscriptions whose pushes stay silent.

export interface PushWords {
	readonly title: string;
	readonly body: string;
	/** The address of the app that it opens. */
	readonly path: string;
	/** The same through every retry: a second one takes the place of the first. */
	readonly tag: string;
}

const UNREAD: PushWords = { title: "Something is new in Handsel", body: "Open it to see.", path: "/", tag: "unread" };

export function readPush(text: string): PushWords {
	let told: unknown;
	try {
		told = JSON.parse(text);
	} catch {
		return UNREAD;
	}
	if (typeof told !== "object" || told === null) return UNREAD;
	const said: Record<string, unknown> = { ...told };
	const word = (name: keyof PushWords) =>
		typeof said[name] === "string" && said[name] !== "" ? said[name] : UNREAD[name];
	return { title: word("title"), body: word("body"), path: word("path"), tag: word("tag") };
}
