"""Every table that names a person is either in the export or left out for a reason: a new one cannot be forgotten."""

from server.db import Pool
from server.exports import queries
from server.exports.wherever import queries as wherever

#: Tables that name a person or a place, and are read for the export by way of `server.swaps`.
THROUGH_SWAPS = {"swaps"}
#: Left out, each for its reason.
LEFT_OUT = {
    "ticket_codes": "hashes of what opens a door",
    "replaced_ticket_codes": "hashes of what opened a door, until another list came",
    "invited_registrations": "which invitation told of which ticket; the invitation itself is there",
    "evenings": "when a list was made; what it suggested is there",
    "admissions": "worked out from the check-ins, which are there",
    "attendance_exports": "the event's own log, shown to its organizers; the files hold others' names, for a day",
    "badge_prints": "the event's own log, shown to everybody at it",
    "door_pairings": "codes that organizers showed to phones; gone a day later",
    "roster_changes": "when what a door sees of somebody changed, by a number of the database",
    "door_conflicts_seen": "who at the desk looked at a conflict; the event's own log",
    "door_phones": "the event's own phones; who paired one is told to nobody but its organizers",
    "badge_sheets": "the badges of others, asked for by an organizer, and gone within a quarter of an hour",
    "imports": "which lists an organizer brought in, without anybody of a list; part of the event, like its settings",
    "import_keys": "an event's keys for other programs, by hashes and sealed; part of the event, like its settings",
    "kept_cards": "cards of others, kept from an event that was aged; what they still open is read with the swap",
    "vault_entries": "the card once more, sealed for phones; the card itself is there",
    "vault_viewers": "how often vault_hidings changed",
    "vault_hidings": "worked out from swaps and blocks; it would tell who has blocked them",
}

TABLES_THAT_NAME_SOMEBODY = """
    SELECT conrelid::regclass::text AS name
    FROM pg_constraint
    WHERE contype = 'f' AND confrelid IN ('people'::regclass, 'registrations'::regclass, 'swap_sides'::regclass)
    UNION
    SELECT columns.table_name
    FROM information_schema.columns
    JOIN information_schema.tables USING (table_schema, table_name)
    WHERE tables.table_schema = 'public' AND tables.table_type = 'BASE TABLE'
      AND (columns.column_name = 'email_key' OR columns.column_name LIKE '%person_id'
           OR columns.column_name LIKE '%registration_id')
"""


async def test_every_table_that_names_somebody_is_exported_or_left_out_for_a_reason(pool: Pool) -> None:
    naming = {row["name"] for row in await pool.fetch(TABLES_THAT_NAME_SOMEBODY)}
    statements = vars(queries) | vars(wherever)
    read = " ".join(value.lower() for name, value in statements.items() if name.isupper() and isinstance(value, str))
    exported = {name for name in naming if f"from {name}" in read or f"join {name}" in read}

    assert naming - exported - THROUGH_SWAPS - LEFT_OUT.keys() == set()
    assert LEFT_OUT.keys() & exported == set()
    assert LEFT_OUT.keys() <= naming
