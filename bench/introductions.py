"""How right introductions are, on the labelled set, and what suggesting them for the people of an evening takes.

    python bench/introductions.py

Prints precision@3 (of the first three suggestions of each introducer, the share that people would make too), how many
of the right ones are found at all, and the milliseconds it takes to rank the contacts of a thousand people.
"""

import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from server.introductions.suggesting.matching import suggest
from server.introductions.suggesting.models import Circle
from server.introductions.suggesting.operations import contacts_of
from tests.introductions.labelled import contact_row, judged, precision

LABELLED = Path(__file__).parents[1] / "tests" / "introductions" / "labelled.toml"
PEOPLE, CONTACTS = 1_000, 10


def main() -> None:
    groups = judged(LABELLED)
    told = precision(groups, at=3)
    print(f"labelled: {sum(map(len, groups))} possible introductions by {len(groups)} introducers")
    print(f"precision@3: {told.right} of {told.shown} = {told.share:.3f}")
    print(f"found: {told.found} of {told.wanted} right ones")
    for each in told.wrong:
        print(f"  wrong: {each.needs} / {each.offers}")
    draw = random.Random(5)
    texts = [(each.needs, each.offers) for group in groups for each in group]
    rows = [contact_row(seeking=needs, offering=offers) for needs, offers in texts]
    contacts_of(rows)  # the table is loaded and each text read once, as in an evening of many people
    began = time.perf_counter()
    for _ in range(PEOPLE):
        contacts = contacts_of(draw.sample(rows, CONTACTS))
        suggest(Circle("en", contacts, frozenset(), frozenset()), at_most=3)
    took = time.perf_counter() - began
    print(f"ranking: {took * 1_000:.0f} ms for {PEOPLE} people with {CONTACTS} contacts each")


if __name__ == "__main__":
    main()
