// Secrets of mailed links travel behind the #, which no server ever sees. They are read once and leave the address bar at once.

/** The values in the address's fragment; the address bar and the history keep none of them. */
export function takeFragment(): URLSearchParams {
	const values = new URLSearchParams(location.hash.slice(1));
	if (location.hash !== "") history.replaceState(history.state, "", location.pathname + location.search);
	return values;
}
