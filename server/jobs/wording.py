"""How the status of the jobs is put into words, the same in the terminal and on the page."""

from datetime import UTC, datetime

from server.jobs.models import JobsStatus, JobState, QueuedJob, TimedRun


def summary(status: JobsStatus) -> str:
    """All of it in a sentence or two."""
    failed, running, waiting = (status.counts[each] for each in (JobState.FAILED, JobState.RUNNING, JobState.WAITING))
    behind = sum(run.failures > 0 for run in status.timed)
    told = f"{running} running, {waiting} waiting."
    if behind:
        told = f"{_number(behind, 'job')} of the clock failed the last time. {told}"
    if failed:
        return f"{_number(failed, 'job')} failed and {'waits' if failed == 1 else 'wait'} for you. {told}"
    return told if behind else f"Nothing has failed. {told}"


def needs_the_host(status: JobsStatus) -> bool:
    """Whether something is not as it should be."""
    return status.counts[JobState.FAILED] > 0 or any(run.failures for run in status.timed)


def state_of(job: QueuedJob) -> str:
    """Where it stands, and since or until when."""
    match job.state:
        case JobState.FAILED:
            told = f"given up {moment(job.at)}"
        case JobState.RUNNING:
            told = f"running since {moment(job.at)}"
        case JobState.WAITING:
            told = f"next try {moment(job.at)}"
    return f"{told} ({job.failure})" if job.failure else told


def outcome_of(run: TimedRun) -> str:
    """How the last run went."""
    if not run.failures:
        return "went well"
    since = f"well until {moment(run.last_done_at)}" if run.last_done_at else "never went well"
    return f"failed {'once' if run.failures == 1 else f'{run.failures} times in a row'} ({run.failure}), {since}"


def moment(at: datetime | None) -> str:
    """A time as the host reads it in logs."""
    return "not planned" if at is None else f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def _number(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
