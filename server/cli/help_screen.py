"""What the person at the terminal reads once the server answers."""

import io

from rich.columns import Columns
from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from server.settings import Environment, Settings
from server.tls import AUTHORITY_FILE, AUTHORITY_PATH

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
    if settings.tls:
        facts.add_row("Trust", _trust(settings))
    facts.add_row("End", "Ctrl-C")
    parts: list[RenderableType] = [facts]
    if settings.tls:
        trust = _code(settings.public_url + AUTHORITY_PATH, "1. Trust this server")
        parts.append(Columns([trust, _code(settings.public_url, "2. Open Handsel")], padding=(1, 4)))
    else:
        parts.append(Text(_qr_code(settings.public_url)))
    return Panel(Group(*parts), title="Handsel", title_align="left", padding=(1, 2), expand=False)


def _phone(settings: Settings) -> str:
    if settings.tls:
        return "in the same network: scan the first code, trust what it leads to, then scan the second"
    if settings.is_secure:
        return "scan this with its camera"
    return (
        "its camera needs https, and the code below holds the address above as it is. Start with --tls for phones "
        "in the same network, or set HANDSEL_PUBLIC_URL to an https address that leads here"
    )


def _trust(settings: Settings) -> RenderableType:
    from server.tls.certificates import fingerprint  # the library behind it takes its time

    authority = settings.tls_folder / AUTHORITY_FILE
    how = Table.grid(padding=(0, 2))
    how.add_column(style="dim", no_wrap=True)
    how.add_column(overflow="fold")
    how.add_row("Browser", "it warns you once: go on to the page, and keep the file")
    how.add_row("iPhone", "Settings: Profile Downloaded, Install; then General, About, Certificate Trust Settings: on")
    how.add_row("Android", "Settings: search for CA certificate, install it from the file handsel-ca.crt")
    how.add_row("Compare", f"its SHA-256 begins {fingerprint(authority)[:23]}")
    how.add_row("Undo", "docs/phone.md says how to take the trust back")
    return how


def _code(address: str, what: str) -> RenderableType:
    return Group(Text(what, style="bold"), Text(_qr_code(address)))


def _qr_code(address: str) -> str:
    from qrcode import QRCode
    from qrcode.constants import ERROR_CORRECT_L

    code = QRCode(error_correction=ERROR_CORRECT_L, border=2)
    code.add_data(address)
    drawn = io.StringIO()
    code.print_ascii(out=drawn, invert=True)
    return drawn.getvalue()
