// The reports of one event as its organizers read them. Nothing of them is kept on the device: each time they are asked for.
import { Reports, SettleReport } from "../graphql/documents.generated";
import type { Trouble } from "../graphql/outcome";
import { send } from "../graphql/server";
import type { Data } from "../graphql/trusted";

type Answer = Data<typeof Reports>;
export type Report = Answer["reports"][number];

export class WaitingReports {
	/** Null until the server has answered once. */
	answer = $state.raw<Answer | null>(null);
	/** Why the last try brought nothing; null after one that did. */
	trouble = $state.raw<Trouble | null>(null);
	/** The report that is being settled or opened again. */
	busy = $state<string | null>(null);
	#event: string;
	#tries = 0;

	constructor(event: string) {
		this.#event = event;
	}

	get open(): readonly Report[] {
		return this.answer?.reports ?? [];
	}

	get settled(): readonly Report[] {
		return this.answer?.settled ?? [];
	}

	/** Asks the server. When several are under way, the last asked wins. */
	async read(): Promise<void> {
		this.#tries += 1;
		const mine = this.#tries;
		const outcome = await send(Reports, { event: this.#event });
		if (mine !== this.#tries) return;
		this.trouble = outcome.kind === "data" ? null : outcome;
		if (outcome.kind === "data") this.answer = outcome.data;
	}

	/** Says that it has been dealt with, or that it has not. */
	async settle(report: string, settled: boolean): Promise<void> {
		this.busy = report;
		const outcome = await send(SettleReport, { report, settled });
		if (outcome.kind === "data") await this.read();
		else this.trouble = outcome;
		this.busy = null;
	}
}
