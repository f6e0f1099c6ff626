"""The page that lies on top of an export, in plain words. It names nobody."""

from datetime import datetime

from server.exports.archive import CONTACTS, DATA

_PAGE = """\
Everything Handsel keeps about you
==================================

Made on {day} for you alone. It holds personal words: keep it where only you can read it.

{contacts}/
    One file for each person who shares contact details with you now. Open one to add it to your address book.
    It holds what they share, and where you met. Who shared at several events has a file for each.

{data}
    All the rest, as text that both people and programs can read: your account and where you signed in, what
    you were told by push and mail, your places at events with your cards and badges, when you were at the doors
    and at which sessions, the scans you made, what you reported, the packs of questions you added, and for each
    person you met what you wrote: notes, promises, what you learned, how it felt, and what became of your
    evenings. Whom you keep up with, what you gave and what you received, your introductions, and whom your weekly
    reviews named stand apart, for they outlast an event. Times are in UTC.

What is not in it
    Passwords there are none; the codes and tokens that open things are kept only as fingerprints and are left
    out. Of other people it holds what they open to you at this moment and no more: where a conversation was
    withdrawn, your own words are there and nothing of theirs. What others wrote about you is theirs.
"""


def readme(now: datetime) -> str:
    """The page, for an export made at `now`."""
    return _PAGE.format(day=f"{now.day} {now:%B %Y}", contacts=CONTACTS, data=DATA)
