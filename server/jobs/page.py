"""The page that tells the host how the jobs stand, as HTML of its own: it must be readable when the app is not."""

from collections.abc import Iterable, Sequence
from html import escape

from server.jobs.models import JobsStatus, JobState, QueuedJob
from server.jobs.wording import moment, needs_the_host, outcome_of, state_of, summary

STYLES_PATH = "/jobs.css"


def page(status: JobsStatus) -> str:
    """The whole document."""
    return _document(
        f'<p class="{"warm" if needs_the_host(status) else "well"}">{escape(summary(status))}</p>'
        '<p><a href="/jobs">Look again</a></p>',
        _section(
            "In the queue",
            ("Job", "Event", "Tries", "State"),
            ([job.name, job.event or "", str(job.tries), state_of(job)] for job in status.queued),
            [_button(job) for job in status.queued],
            empty="Nothing waits, nothing runs.",
        ),
        _section(
            "By the clock",
            ("Job", "Last run", "How it went", "Next"),
            ([run.name, moment(run.last_run_at), outcome_of(run), moment(run.next_at)] for run in status.timed),
            empty="No worker has run yet.",
        ),
        _section(
            "Done in seven days",
            ("Job", "Number", "Last"),
            ([each.name, str(each.count), moment(each.last_at)] for each in status.done),
            empty="Nothing yet.",
        ),
    )


def refusal(sentence: str) -> str:
    """A document with one sentence, and the way back."""
    return _document(f'<p class="warm">{escape(sentence)}</p><p><a href="/jobs">Back to the jobs</a></p>')


def _document(*parts: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Jobs · Handsel</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f'<link rel="stylesheet" href="{STYLES_PATH}"><link rel="icon" href="/favicon.svg">'
        f"</head><body><main><h1>Jobs</h1>{''.join(parts)}</main></body></html>"
    )


def _section(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[str]], buttons: Sequence[str] = (), *, empty: str
) -> str:
    lines = [
        "<tr>"
        + "".join(
            f'<th scope="row">{escape(cell)}</th>' if place == 0 else f'<td data-of="{name}">{escape(cell)}</td>'
            for place, (name, cell) in enumerate(zip(columns, row, strict=True))
        )
        + (f"<td>{buttons[number]}</td>" if buttons else "")
        + "</tr>"
        for number, row in enumerate(rows)
    ]
    if not lines:
        return f"<h2>{title}</h2><p>{empty}</p>"
    head = "".join(f'<th scope="col">{name}</th>' for name in columns) + ("<td></td>" if buttons else "")
    return f"<h2>{title}</h2><table><thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table>"


def _button(job: QueuedJob) -> str:
    if job.state is not JobState.FAILED:
        return ""
    named = f'aria-label="Try again: {escape(job.name)}, number {job.id}"'
    return f'<form method="post" action="/jobs/{job.id}/retry"><button {named}>Try again</button></form>'
