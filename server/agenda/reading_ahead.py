"""Reading from the disk, before anybody asks, what every talk needs. It keeps nothing that would not be read later."""

from server.agenda.library import languages, library_in
from server.topics.recognising import recogniser
from server.topics.senses import senses
from server.topics.table import topic_table


def read_ahead() -> None:
    """The topic table, made ready for recognising, and the prompts of every language: about a second of one core.

    Without it the first scan of the day would wait for it. Call it in a thread.
    """
    topic_table()
    senses()
    recogniser()
    for language in languages():
        library_in(language)
