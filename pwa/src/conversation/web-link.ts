// Whether a link that somebody wrote may be followed: web addresses only, and never one that hides its host behind a name.

export function isWebLink(text: string): boolean {
	try {
		const { protocol, username, password } = new URL(text);
		return (protocol === "https:" || protocol === "http:") && username === "" && password === "";
	} catch {
		return false;
	}
}
