// How much still waits on this phone of pairings that it had before. `the-rest.ts` sends it and counts.

class EarlierPairings {
	waiting = $state(0);
}

export const earlierPairings = new EarlierPairings();
