// Whether the door is shown as bright as the screen can, for the sun: as the helper chose on this phone, else as the phone
// asks for contrast. The choice names nobody.

const KEPT = "handsel.door.bright";

class Brightness {
	isOn = $state(first());

	switch(isOn: boolean): void {
		this.isOn = isOn;
		localStorage.setItem(KEPT, isOn ? "yes" : "no");
	}
}

function first(): boolean {
	const chosen = localStorage.getItem(KEPT);
	return chosen === null ? matchMedia("(prefers-contrast: more)").matches : chosen === "yes";
}

export const brightness = new Brightness();
