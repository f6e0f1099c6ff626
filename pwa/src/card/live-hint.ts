// A gentle word while a card is being written. It suggests and never blocks.
import { countGraphemes } from "../ui/graphemes";

/** Below this many letters ("bees") there is little for anybody to ask about. */
const SHORT = 8;

const PITCH =
	/\b(leading (provider|company)|best[- ]in[- ]class|cutting[- ]edge|innovative solutions?|end[- ]to[- ]end|book a (demo|call)|free (trial|consultation)|discounts?|our (products?|services?|platform|clients|customers)|we (offer|provide|sell|deliver)|grow your business|qualified leads)\b/i;

/** A sentence for what is written so far, or null when it is fine as it is. */
export function liveHint(text: string): string | null {
	const written = text.trim();
	if (written === "") return null;
	if (PITCH.test(written)) return "This reads a little like an offer. What would you tell a friend about it?";
	if (countGraphemes(written) < SHORT) return "A few words more give people something to ask about.";
	return null;
}
