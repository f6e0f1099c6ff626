// Whether this tablet is a kiosk, as it remembers by itself: then the app shows nothing else, also after it was opened anew.

const KEY = "handsel.kiosk";

export const isKeptKiosk = (): boolean => localStorage.getItem(KEY) !== null;

export function keepKiosk(isOne: boolean): void {
	if (isOne) localStorage.setItem(KEY, "yes");
	else localStorage.removeItem(KEY);
}
