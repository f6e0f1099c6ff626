"""A notice as a mail: plain text, and the same set in HTML that reads well small, large, light and dark.

No picture, no font and no script from anywhere, nothing that tells us whether it was read. Its links lead into the app
and carry no token; only the one that ends such mails does (RFC 8058).
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from server.notifications.models import Letter
from server.notifications.wording import FrameWords, MailWords

WIDTH = 72


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a mail lists: a sentence, and somebody's own words beneath it where it quotes some."""

    text: str = field(repr=False)
    quote: str | None = field(default=None, repr=False)


def line_of(reason: str) -> Line:
    """A reason as the app shows it: why, and beneath it the words that it grew from, which stand after a colon."""
    why, _, words = reason.partition(":")
    return Line(why.strip(), words.strip()) if words.strip() else Line(reason)


@dataclass(frozen=True, slots=True)
class Parts:
    """What a mail is put together from: `link` is where its button leads, `settings_link` where one chooses."""

    language: str
    words: MailWords
    frame: FrameWords
    lines: Sequence[Line]
    link: str
    settings_link: str
    unsubscribe: str | None = field(repr=False)


def notice_letter(parts: Parts, *, to: str, message_id: str) -> Letter:
    """The mail, in both its forms."""
    return Letter(
        to=to,
        subject=parts.words.subject,
        text=_plain(parts),
        message_id=message_id,
        html=_set(parts),
        unsubscribe=parts.unsubscribe,
    )


def _plain(parts: Parts) -> str:
    words = parts.words
    written = [_wrapped(words.lead)]
    for line in parts.lines:
        quote = [] if line.quote is None else [_wrapped(_one_line(line.quote), "    ")]
        written.append("\n".join([_wrapped(_one_line(line.text), "  ", first="- "), *quote]))
    written.append(f"{words.action}:\n{parts.link}")
    foot = [_wrapped(words.why), f"{parts.frame.change}: {parts.settings_link}"]
    if parts.unsubscribe is not None:
        foot.append(f"{parts.frame.stop}: {parts.unsubscribe}")
    return "\n\n".join([*written, "-- \n" + "\n".join(foot)]) + "\n"


def _wrapped(text: str, indent: str = "", *, first: str | None = None) -> str:
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _set(parts: Parts) -> str:
    words, frame = parts.words, parts.frame
    listed = "".join(_item(each) for each in parts.lines)
    return _PAGE.format(
        language=escape(parts.language),
        subject=escape(words.subject),
        lead=escape(words.lead),
        listed=_LIST.format(items=listed) if listed else "",
        link=escape(parts.link),
        action=escape(words.action),
        why=escape(words.why),
        change=escape(frame.change),
        settings_link=escape(parts.settings_link),
        stop="" if parts.unsubscribe is None else _STOP.format(link=escape(parts.unsubscribe), stop=escape(frame.stop)),
    )


def _item(line: Line) -> str:
    quote = "" if line.quote is None else _QUOTE.format(quote=escape(_one_line(line.quote)))
    return _ITEM.format(text=escape(_one_line(line.text)), quote=quote)


#: Styles stand inline, since many readers take nothing else; the colours for a dark screen win where it is understood.
_PAGE = """\
<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>{subject}</title>
<style>
:root {{ color-scheme: light dark; supported-color-schemes: light dark; }}
@media (prefers-color-scheme: dark) {{
  .paper {{ background: #14120e !important; color: #f1eadd !important; }}
  .sheet {{ background: #1d1a15 !important; border-color: #343027 !important; }}
  .soft {{ color: #b5aa99 !important; }}
  .quote {{ color: #f1eadd !important; border-color: #93ccaa !important; }}
  .button {{ background: #93ccaa !important; color: #10231a !important; }}
}}
</style>
</head>
<body class="paper" style="margin:0;padding:0;background:#faf6ee;color:#1f1b16">
<div class="paper" style="background:#faf6ee;color:#1f1b16;padding:32px 16px;font:17px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif">
<div style="max-width:480px;margin:0 auto;overflow-wrap:anywhere">
<h1 dir="auto" style="margin:0 0 12px;font:600 26px/1.25 Georgia,'Times New Roman',serif">{subject}</h1>
<p dir="auto" style="margin:0 0 24px">{lead}</p>
{listed}
<p style="margin:0 0 32px"><a class="button" href="{link}" style="display:inline-block;padding:13px 22px;border-radius:14px;background:#2c6146;color:#fffdf8;font-weight:600;text-decoration:none">{action}</a></p>
<p class="soft" dir="auto" style="margin:0;font-size:14px;color:#4f483f">{why}<br>
<a class="soft" href="{settings_link}" style="color:#4f483f">{change}</a>{stop}</p>
</div>
</div>
</body>
</html>
"""  # noqa: E501 - styles that many mail readers take only inline

_LIST = """
<ul style="list-style:none;margin:0 0 24px;padding:0">{items}
</ul>"""

_STOP = """ &nbsp; <a class="soft" href="{link}" style="color:#4f483f">{stop}</a>"""

_ITEM = """
<li class="sheet" dir="auto" style="margin:0 0 12px;padding:16px 18px;border:1px solid #e4dccd;border-radius:14px;background:#fffdf8">{text}{quote}</li>"""  # noqa: E501 - as above

_QUOTE = """
<p class="quote" dir="auto" style="margin:10px 0 0;padding-inline-start:12px;border-inline-start:3px solid #2c6146;font:18px/1.4 Georgia,'Times New Roman',serif">{quote}</p>"""  # noqa: E501 - as above
