"""The table of commands and of the options they all take. A new command is one line here.

Exit codes: 0 done; 1 refused, with one sentence that says why; 2 the command line itself is wrong.
"""

import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from server.cli import (
    attendees,
    backup,
    badges,
    doctor,
    drafts,
    evening,
    events,
    invite,
    jobs,
    mail,
    migrate,
    organizers,
    prompts,
    schema,
    serve,
    topics,
)
from server.cli.options import Options, options_first
from server.errors import DomainError
from server.start_up import StartUpError

app = typer.Typer(
    name="handsel",
    help="The event-day companion for people who would rather connect than collect cards.",
    epilog="Without a command it starts the server with a demo event. Exit codes: 0 done, 1 refused, 2 wrong usage.",
    invoke_without_command=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # they print local variables, and those may be personal
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.command("serve")(serve.serve)
app.command("migrate")(migrate.migrate)
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)
app.command("doctor")(doctor.doctor)
app.command("import")(attendees.import_list)
app.command("invite")(invite.invite)
app.command("badges")(badges.badges)
app.command("evening")(evening.evening)
app.command("drafts")(drafts.drafts)
app.command("work")(evening.work)
app.command("mail")(mail.mail)
app.command("schema")(schema.schema)
app.add_typer(jobs.group, name="jobs")
app.add_typer(events.group, name="events")
app.add_typer(organizers.group, name="organizers")
app.add_typer(prompts.group, name="prompts")
app.add_typer(topics.group, name="topics")


@app.callback()
def handsel(
    context: typer.Context,
    *,
    port: Annotated[int | None, typer.Option(help="The port to listen on (HANDSEL_PORT).")] = None,
    host: Annotated[str | None, typer.Option(help="The address to listen on (HANDSEL_HOST).")] = None,
    data: Annotated[Path | None, typer.Option(help="The data folder (HANDSEL_DATA).")] = None,
    public_url: Annotated[
        str | None, typer.Option(help="The address people type, such as https://meet.example.org (HANDSEL_PUBLIC_URL).")
    ] = None,
    tls: Annotated[
        bool, typer.Option("--tls", help="Answer phones of this network by https, see docs/phone.md (HANDSEL_TLS).")
    ] = False,
    log_level: Annotated[str | None, typer.Option(help="debug, info, warning or error (HANDSEL_LOG_LEVEL).")] = None,
) -> None:
    """Options hold for every command and may stand before or after it; each is also a variable of the environment."""
    context.obj = Options(port=port, host=host, data=data, public_url=public_url, log_level=log_level, tls=tls or None)
    if context.invoked_subcommand is None:
        serve.start(context.obj, demo=True)


def main() -> None:
    """The entry point: what the product refuses is told in one sentence, never as a traceback."""
    signal.signal(signal.SIGTERM, _end)
    if signal.getsignal(signal.SIGHUP) is signal.SIG_DFL:  # not with nohup
        signal.signal(signal.SIGHUP, _hang_up)
    try:
        app(options_first(sys.argv[1:]), prog_name="handsel")
    except (StartUpError, DomainError) as refusal:
        Console(stderr=True, highlight=False, soft_wrap=True).print(str(refusal), style="red", markup=False)
        sys.exit(1)


def _end(number: int, _: FrameType | None) -> NoReturn:
    """Unwind as after Ctrl-C, so that the database is ended in order."""
    raise SystemExit(128 + number)


def _hang_up(*_: object) -> None:
    """The terminal was closed: end as if asked to."""
    signal.raise_signal(signal.SIGTERM)
