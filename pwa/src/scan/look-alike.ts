// Whether a link to another host is dressed up as one to ours: letters of other scripts, a letter off, our name with
// something before or behind it. It only chooses words; every other host is refused, whatever it looks like.

/** Signs that look like others in a line of small print, each before what it looks like: Cyrillic, Greek, Latin and digits. */
const CYRILLIC = "аa вb сc ԁd еe һh іl јj кk ӏl мm нh оo рp ԛq ѕs тt уy ѵv ԝw хx ьb";
const GREEK = "αa βb εe ηn ιl κk μm νv οo ρp τt υu χx";
const LATIN = "ıl ɡg øo đd łl ßb 0o 1l 3e 5s 8b il";
const TWINS = new Map(
	[CYRILLIC, GREEK, LATIN].flatMap((all) => all.split(" ")).map(([sign = "", like = ""]) => [sign, like]),
);
/** Pairs that look like one letter. */
const PAIRS: readonly (readonly [RegExp, string])[] = [
	[/rn/g, "m"],
	[/vv/g, "w"],
	[/cl/g, "d"],
];
/** From so many letters on, two that differ are still easily missed. */
const LONG = 12;
/** All between the slashes, with whatever stands before an @ or behind a backslash. */
const AUTHORITY = /^(?:https?:)?[/\\]+([^/?#]*)/i;

/** `link` as it was written, `ours` as `location.host` has it. */
export function looksAlike(link: string, ours: string): boolean {
	const authority = decoded((AUTHORITY.exec(link)?.[1] ?? "").replace(/\s/g, "").toLowerCase());
	const name = nameOf(ours);
	// Our name before an @, in front of another name, behind one, with another port, with a dot too many, after a backslash.
	if (authority.includes(name)) return true;
	const theirs = skeleton(nameOf(authority.split("@").at(-1) ?? ""));
	const like = skeleton(name);
	return theirs === like || distance(theirs, like) <= (name.length >= LONG ? 2 : 1);
}

const nameOf = (host: string): string => host.replace(/:\d*$/, "").replace(/\.$/, "");

/** How it looks: marks left out, twins and pairs told as what they resemble, hyphens gone. */
function skeleton(name: string): string {
	const bare = [...name.normalize("NFKD").replace(/\p{M}/gu, "")].map((sign) => TWINS.get(sign) ?? sign).join("");
	return PAIRS.reduce((text, [pair, one]) => text.replace(pair, one), bare).replace(/-/g, "");
}

function decoded(name: string): string {
	try {
		return decodeURIComponent(name);
	} catch {
		return name;
	}
}

/** Letters to change, add or leave out to make one of the other (Levenshtein). */
function distance(one: string, other: string): number {
	if (Math.abs(one.length - other.length) > 2) return Number.POSITIVE_INFINITY;
	let row = Array.from({ length: other.length + 1 }, (_, at) => at);
	for (const [at, sign] of [...one].entries()) {
		const next = [at + 1];
		for (const [place, against] of [...other].entries()) {
			const change = (row[place] ?? 0) + (sign === against ? 0 : 1);
			next.push(Math.min(change, (row[place + 1] ?? 0) + 1, (next[place] ?? 0) + 1));
		}
		row = next;
	}
	return row.at(-1) ?? 0;
}
