"""Every table that names a person is either in the export or left out for a reason: a new one cannot be forgotten."""

from server.db import Pool
from server.exports import queries

#: Tables that name a person or a place, and are read for the export by way of `server.swaps`.
THROUGH_SWAPS = {"swaps", "conversations"}
#: Left out, each for its reason.
LEFT_OUT = {
    "ticket_codes": "hashes of what opens a door",
    "invited_registrations": "which invitation told of which ticket; the invitation itself is there",
    "attendance_counters": "counts without persons",
    "evenings": "when a list was made; what it suggested is there",
    "admissions": "worked out from the check-ins, which are there",
    "badge_prints": "the event's own log, shown to everybody at it",
}

TABLES_THAT_NAME_SOMEBODY = """
    SELECT DISTINCT columns.table_name AS name
    FROM information_schema.columns
    WHERE columns.table_schema = 'public'
      AND (columns.column_name LIKE '%person_id' OR columns.column_name LIKE '%registration_id'
           OR columns.column_name IN ('email_key', 'lower_id', 'upper_id', 'printed_by', 'helper_id')
           OR columns.table_name IN ('people', 'swaps'))
"""


async def test_every_table_that_names_somebody_is_exported_or_left_out_for_a_reason(pool: Pool) -> None:
    naming = {row["name"] for row in await pool.fetch(TABLES_THAT_NAME_SOMEBODY)}
    read = " ".join(value.lower() for name, value in vars(queries).items() if name.isupper() and isinstance(value, str))
    exported = {name for name in naming if f"from {name}" in read or f"join {name}" in read}

    assert naming - exported - THROUGH_SWAPS - LEFT_OUT.keys() == set()
    assert LEFT_OUT.keys() & exported == set()
    assert LEFT_OUT.keys() <= naming | {"attendance_counters"}
