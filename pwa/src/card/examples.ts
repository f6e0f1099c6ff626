// What people in very different lives might write, for each of the five fields. They are only ever looked at: nothing here
// is put into a card.
import type { TextField } from "./card-form";

/** Each of a length that is easy to ask about; the first is shown first. */
export const EXAMPLES: Readonly<Record<TextField, readonly [string, ...string[]]>> = {
	upTo: [
		"turning a closed school into a tool library",
		"learning to bake with rye, after thirty years of driving a bus",
		"first year of nursing school, mostly night shifts",
		"counting swifts with eleven neighbours",
		"between two jobs, and painting the kitchen meanwhile",
		"writing software for a small museum that has no guides left",
	],
	seeking: [
		"finding someone who knows insurance for shared tools",
		"how others keep volunteers after the first winter",
		"a quiet room to practise the cello on Tuesdays",
		"what to plant where there is never any sun",
		"reading my first contract without being afraid of it",
		"getting a village to try a shared car",
	],
	offering: [
		"writing a grant application that gets read",
		"keeping a sourdough alive",
		"twenty years of talking with angry customers",
		"mending bicycles, and showing how",
		"company for anybody who is new in town",
		"listening to a talk and saying where I got lost",
	],
	askMeAbout: [
		"seed libraries, or sailing with small children",
		"what a night porter sees",
		"the worst concert I ever played",
		"learning Turkish after forty",
		"why our goats have names",
		"bridges nobody crosses",
	],
	goodIntroduction: [
		"somebody who runs repair evenings in another town",
		"anyone who left a job they were good at",
		"a teacher who likes a noisy classroom",
		"people who mend clothes by hand",
		"somebody who moved here lately as well",
		"a farmer with a sense of humour",
	],
};
