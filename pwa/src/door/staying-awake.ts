// Keeps the phone's screen from going dark while somebody stands at a door, where the browser allows it.

/** Asks for it now and whenever the app comes back to the front; answers how to end it. */
export function stayAwake(): () => void {
	let isOver = false;
	let held: WakeLockSentinel | undefined;
	const ask = async () => {
		if (document.visibilityState !== "visible") return;
		// Refused on a low battery: the phone then does as it always does.
		held = await navigator.wakeLock?.request("screen").catch(() => undefined);
		if (isOver) void held?.release();
	};
	void ask();
	document.addEventListener("visibilitychange", ask);
	return () => {
		isOver = true;
		document.removeEventListener("visibilitychange", ask);
		void held?.release();
	};
}
