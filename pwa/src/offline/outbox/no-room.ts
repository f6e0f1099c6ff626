// What the app says when the phone could not keep something.

export const NO_ROOM =
	"This phone has no room left to keep that. Nothing else was changed. Free some space, then try once more.";
