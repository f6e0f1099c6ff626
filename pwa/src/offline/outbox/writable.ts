// The documents that can be written without a network, each under its name. To let something new be written, add it here;
// a name is never given a new meaning, since phones keep it with what still waits.
export {
	AddNote,
	Block,
	DeclineShare,
	DismissFollowUp,
	DoFollowUp,
	Feel,
	KeepPromise,
	MakePromise,
	MarkPrompt,
	NoteNeed,
	PostponeFollowUp,
	ReopenFollowUp,
	SetQuiet,
	SetReviewTime,
	ShareBack,
	SwapBadges,
	Unblock,
	Withdraw,
} from "../../graphql/documents.generated";
