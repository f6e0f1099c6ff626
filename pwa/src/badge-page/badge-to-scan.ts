// A badge that a camera app read before its finder had signed in here. It waits in this window until the scan screen takes it.

const KEY = "handsel.badge-to-scan";

export function keepBadgeToScan(token: string): void {
	sessionStorage.setItem(KEY, token);
}

export const hasBadgeToScan = (): boolean => sessionStorage.getItem(KEY) !== null;

/** The waiting badge, once: the scan screen takes it when it opens. */
export function takeBadgeToScan(): string | null {
	const token = sessionStorage.getItem(KEY);
	sessionStorage.removeItem(KEY);
	return token;
}
