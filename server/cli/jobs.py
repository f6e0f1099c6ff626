"""`handsel jobs` tells how the jobs stand and has failed ones tried again. It never tells whose they are."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from server.cli.database import with_connection
from server.cli.options import settings_of
from server.jobs import status
from server.jobs.models import JobsStatus
from server.jobs.wording import moment, needs_the_host, outcome_of, state_of, summary

group = typer.Typer(help="How the jobs stand, and trying failed ones again.", invoke_without_command=True)


@group.callback()
def jobs(context: typer.Context) -> None:
    """What is due, running, done and failed. The exit code is 1 when something failed."""
    if context.invoked_subcommand is not None:
        return
    found = with_connection(settings_of(context), status.read_status)
    console = Console(highlight=False)
    console.print(summary(found), markup=False)
    for table in _tables(found):
        console.print()
        console.print(table)
    if needs_the_host(found):
        raise typer.Exit(1)


@group.command("retry")
def retry(
    context: typer.Context,
    number: Annotated[int, typer.Argument(help="The number that `handsel jobs` shows before the failed job.")],
) -> None:
    """Have a failed job tried again, as if it had never been tried."""
    with_connection(settings_of(context), lambda connection: status.retry(connection, job_id=number))
    Console(highlight=False).print("It is in the queue again.")


def _tables(found: JobsStatus) -> list[Table]:
    queue = _table("In the queue", "No", "Job", "Event", "Tries", "State")
    for job in found.queued:
        queue.add_row(str(job.id), job.name, Text(job.event or ""), str(job.tries), state_of(job))
    clock = _table("By the clock", "Job", "Last run", "How it went", "Next")
    for run in found.timed:
        clock.add_row(run.name, moment(run.last_run_at), outcome_of(run), moment(run.next_at))
    done = _table("Done in seven days", "Job", "Number", "Last")
    for each in found.done:
        done.add_row(each.name, str(each.count), moment(each.last_at))
    return [table for table in (queue, clock, done) if table.row_count]


def _table(title: str, *columns: str) -> Table:
    return Table(*columns, title=title, title_justify="left", box=None, header_style="dim", padding=(0, 2, 0, 0))
