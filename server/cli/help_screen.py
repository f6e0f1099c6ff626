"""What the person at the terminal reads once the server answers."""

import io

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from server.settings import Environment, Settings

#: The people of the demo event who sign in as everybody does, and what each is for.
DEMO_PEOPLE = (
    ("ana@demo.example", "attendee, checked in"),
    ("ben@demo.example", "attendee, checked in, has not met Ana yet"),
    ("desk@demo.example", "organizer"),
)


def help_screen(settings: Settings, *, demo: bool) -> RenderableType:
    """Where it answers, how to sign in, where mail goes, how to end it."""
    facts = Table.grid(padding=(0, 2))
    facts.add_column(style="dim", no_wrap=True)
    facts.add_column(overflow="fold")
    facts.add_row("Open", Text(settings.public_url, style="bold"))
    if demo:
        people = Table.grid(padding=(0, 2))
        for address, what in DEMO_PEOPLE:
            people.add_row(address, Text(what, style="dim"))
        facts.add_row("Sign in as", people)
        facts.add_row("Code", "it comes by mail; in another terminal: ./run mail --last")
        facts.add_row("Two people", "on one machine: one normal and one private window")
    facts.add_row("Mail", "leaves by SMTP" if settings.smtp_url else f"is written to {settings.outbox}")
    facts.add_row("Data", "is in the database of DATABASE_URL" if settings.database_url else str(settings.data))
    if settings.env is Environment.DEVELOPMENT:
        facts.add_row("GraphiQL", f"{settings.public_url}/graphql")
    facts.add_row("Phone", _phone(settings))
    facts.add_row("End", "Ctrl-C")
    parts: list[RenderableType] = [facts]
    if settings.is_secure:
        parts.append(Text(_qr_code(settings.public_url)))
    return Panel(Group(*parts), title="Handsel", title_align="left", padding=(1, 2), expand=False)


def _phone(settings: Settings) -> str:
    if settings.is_secure:
        return "scan this with its camera"
    return "no QR code: its camera needs https. Set HANDSEL_PUBLIC_URL to an https address that leads here"


def _qr_code(address: str) -> str:
    from qrcode import QRCode
    from qrcode.constants import ERROR_CORRECT_L

    code = QRCode(error_correction=ERROR_CORRECT_L, border=2)
    code.add_data(address)
    drawn = io.StringIO()
    code.print_ascii(out=drawn, invert=True)
    return drawn.getvalue()
