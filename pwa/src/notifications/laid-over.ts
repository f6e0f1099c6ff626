// What I chose about being told, as the server said it last, with what was chosen since laid over it. Pure; it asks and
// keeps nothing.
import type { Notifications as NotificationsDocument } from "../graphql/documents.generated";
import type { Data } from "../graphql/trusted";
import type { Operation } from "../offline/outbox/operations";
import type { Waiting } from "../offline/outbox/waiting";

export type Known = Data<typeof NotificationsDocument>["notifications"];

/** With what waits to be sent. */
export function layOver(known: Known, waiting: readonly Waiting[]): Known {
	return waiting.reduce<Known>((laid, item) => withChosen(laid, item), known);
}

/** After one choice, as the person made it: the server takes it so or not at all. */
export function withChosen(known: Known, written: Operation): Known {
	switch (written.operation) {
		case "SwitchNotice": {
			const { kind, channel, on } = written.variables;
			const way = channel === "PUSH" ? "push" : "mail";
			return { ...known, kinds: known.kinds.map((each) => (each.kind === kind ? { ...each, [way]: on } : each)) };
		}
		case "SetQuietHours":
			return { ...known, quietFrom: written.variables.starts, quietUntil: written.variables.ends };
		case "RemovePushDevice":
			return { ...known, devices: known.devices.filter(({ id }) => id !== written.variables.device) };
		case "UnsubscribePush":
			return { ...known, devices: known.devices.filter(({ isThisOne }) => !isThisOne) };
		default:
			return known;
	}
}
