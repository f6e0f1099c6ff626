// The door that this phone stands at, kept for each event until another is chosen. A door's id names no person.

const keyOf = (event: string) => `handsel.door.${event}`;

/** The id of the door chosen last, or null. */
export const keptDoor = (event: string): string | null => localStorage.getItem(keyOf(event));

export const keepDoor = (event: string, door: string): void => localStorage.setItem(keyOf(event), door);
