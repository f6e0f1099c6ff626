// The team of one event as its organizers see and change it. It keeps nothing on the phone: addresses of others are read
// when they are needed.
import { session } from "../app/session.svelte";
import {
	ChangeTeamRole,
	HandOverEvent,
	ImportKeys,
	InviteToTeam,
	RemoveFromTeam,
	Team,
	WithdrawTeamInvitation,
} from "../graphql/documents.generated";
import { type Outcome, type Trouble, troubleInWords } from "../graphql/outcome";
import { send } from "../graphql/server";
import type { Data } from "../graphql/trusted";

export type TeamNow = Data<typeof Team>["team"];
export type Member = TeamNow["members"][number];
export type Waiting = TeamNow["waiting"][number];
export type Role = Member["role"];
type Key = NonNullable<Data<typeof ImportKeys>["eventImports"]>["keys"][number];

const AS_IT_WAS = "The team is as it was.";

export class Crew {
	team = $state.raw<TeamNow | null>(null);
	/** Keys of other programs, which rest when whoever answers for them leaves. */
	keys = $state.raw<readonly Key[]>([]);
	trouble = $state.raw<Trouble | null>(null);
	/** What was done last, in words. */
	told = $state<string | null>(null);
	/** Why the last change did not happen. */
	notDone = $state<string | null>(null);
	isBusy = $state(false);
	/** Why nobody was invited; `isEmail` where it is about the address. */
	refusal = $state.raw<{ readonly isEmail: boolean; readonly sentence: string } | null>(null);
	readonly #event: string;
	#wish: { readonly asked: string; readonly key: string } | null = null;

	constructor(event: string) {
		this.#event = event;
	}

	get isMine(): boolean {
		return this.team?.members.some(({ isMe, role }) => isMe && role === "OWNER") ?? false;
	}

	/** Keys that bring nobody in now. */
	get resting(): readonly Key[] {
		return this.keys.filter(({ resting }) => resting);
	}

	/** Keys in use for which somebody answers. */
	keysOf(member: Member): readonly Key[] {
		return this.keys.filter(
			({ person, resting, revokedAt }) => person === member.person && !resting && revokedAt === null,
		);
	}

	async read(): Promise<void> {
		const [outcome, keys] = await Promise.all([
			send(Team, { event: this.#event }),
			send(ImportKeys, { event: this.#event }),
		]);
		this.trouble = null;
		if (keys.kind === "data") this.keys = keys.data.eventImports?.keys ?? [];
		else this.trouble = keys;
		if (outcome.kind === "data") this.team = outcome.data.team;
		else this.trouble = outcome;
	}

	/** Whether the mail is on its way. */
	async invite(email: string, role: Role): Promise<boolean> {
		const asked = JSON.stringify([email.trim(), role]);
		this.#wish = this.#wish?.asked === asked ? this.#wish : { asked, key: crypto.randomUUID() };
		const { key } = this.#wish;
		this.#forget();
		this.isBusy = true;
		const outcome = await send(InviteToTeam, { event: this.#event, email, role, key });
		this.isBusy = false;
		if (outcome.kind !== "data") {
			const isEmail = outcome.kind === "problem" && outcome.problem.field === "email";
			this.refusal = { isEmail, sentence: troubleInWords(outcome, "Nobody was mailed.") };
			return false;
		}
		this.#wish = null;
		this.told = `${outcome.data.email} gets a mail with a link that works once, for two weeks.`;
		await this.read();
		return true;
	}

	async withdraw(invitation: Waiting): Promise<void> {
		const done = send(WithdrawTeamInvitation, { invitation: invitation.id });
		await this.#change(done, `${invitation.email} is no longer invited. The link in the mail opens nothing.`);
	}

	async changeRole(member: Member, role: Role): Promise<void> {
		const done = send(ChangeTeamRole, { event: this.#event, person: member.person, role });
		await this.#change(
			done,
			`${nameOf(member)} ${role === "ORGANIZER" ? "is an organizer now." : "helps at the door now."}`,
		);
	}

	async remove(member: Member): Promise<void> {
		const done = send(RemoveFromTeam, { event: this.#event, person: member.person });
		await this.#change(done, `${nameOf(member)} is no longer in the team. Nothing of it is open to them from now on.`);
		if (member.isMe) await session.refresh();
	}

	async handOver(member: Member): Promise<void> {
		const done = send(HandOverEvent, { event: this.#event, person: member.person });
		await this.#change(done, `${nameOf(member)} is the owner now. You are an organizer.`);
		await session.refresh();
	}

	async #change(change: Promise<Outcome<unknown>>, told: string): Promise<void> {
		this.#forget();
		this.isBusy = true;
		const outcome = await change;
		if (outcome.kind === "data") this.told = told;
		else this.notDone = troubleInWords(outcome, AS_IT_WAS);
		await this.read();
		this.isBusy = false;
	}

	#forget(): void {
		this.told = null;
		this.notDone = null;
		this.refusal = null;
	}
}

/** What somebody is called here: their name, else the address they sign in with. */
export const nameOf = ({ name, email }: Pick<Member, "name" | "email">): string => name || email;
