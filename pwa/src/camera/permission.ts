// Hears when somebody allows the camera in the browser's settings, so that they need not come back and press again.

/** Calls back each time the camera becomes allowed; answers how to stop listening. Not every browser tells. */
export function onAllowed(allowed: () => void): () => void {
	let status: PermissionStatus | undefined;
	let isOver = false;
	const hear = () => {
		if (status?.state === "granted") allowed();
	};
	// Some browsers know no permission of this name, and say so by refusing.
	const asked = navigator.permissions?.query({ name: "camera" as PermissionName }).catch(() => undefined);
	void asked?.then((found) => {
		if (isOver) return;
		status = found;
		status?.addEventListener("change", hear);
	});
	return () => {
		isOver = true;
		status?.removeEventListener("change", hear);
	};
}
