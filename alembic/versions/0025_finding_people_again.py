"""Finding people again by any word one may see of them, logged touches, and the swaps of a pair in one place."""

import sqlalchemy
from alembic import op

from server.people.names import words_key

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

#: Which texts of a table are searched.
_SEARCHED = {
    "cards": ("name", "up_to", "seeking", "offering", "ask_me_about", "good_introduction"),
    "kept_cards": ("name", "up_to", "seeking", "offering", "ask_me_about", "good_introduction"),
    "notes": ("text",),
    "promises": ("text",),
    "gifts": ("text",),
    "agenda_prompts": ("insight",),
}


def upgrade() -> None:
    for table, texts in _SEARCHED.items():
        op.execute(f"ALTER TABLE {table} ADD COLUMN search_key text NOT NULL DEFAULT ''")
        _fill(table, texts)
    # Both ways round: the swaps of every two people, as each of them may name the other. A swap is mutual while it
    # lives and both sides offer something.
    op.execute("""
        CREATE VIEW pair_swaps AS
        SELECT mine.person_id, theirs.person_id AS other_id, swaps.event_id, swaps.id AS swap_id,
               mine.id AS registration_id, theirs.id AS other_registration_id, swaps.swapped_at,
               swaps.withdrawn_at IS NULL AS is_live,
               swaps.withdrawn_at IS NULL AND NOT EXISTS (
                   SELECT 1 FROM swap_sides
                   WHERE swap_sides.event_id = swaps.event_id AND swap_sides.swap_id = swaps.id
                     AND swap_sides.offers IS NULL
               ) AS is_mutual
        FROM registrations AS mine
        JOIN registrations AS theirs ON theirs.event_id = mine.event_id AND theirs.id <> mine.id
        JOIN swaps ON swaps.event_id = mine.event_id AND swaps.lower_id = LEAST(mine.id, theirs.id)
            AND swaps.upper_id = GREATEST(mine.id, theirs.id)
    """)
    op.execute("""
        CREATE TABLE touches (
            person_id uuid NOT NULL,
            key uuid NOT NULL,
            relationship_id uuid NOT NULL,
            touched_at timestamptz NOT NULL,
            before_at timestamptz NOT NULL,
            CONSTRAINT touches_pkey PRIMARY KEY (person_id, key),
            CONSTRAINT touches_of_relationship FOREIGN KEY (person_id, relationship_id)
                REFERENCES relationships ON DELETE CASCADE
        )
    """)
    op.execute("""
        CREATE INDEX touches_by_relationship ON touches (person_id, relationship_id)
    """)


def downgrade() -> None:
    op.execute("DROP TABLE touches")
    op.execute("DROP VIEW pair_swaps")
    for table in reversed(_SEARCHED):
        op.execute(f"ALTER TABLE {table} DROP COLUMN search_key")


def _fill(table: str, texts: tuple[str, ...]) -> None:
    """Normalising is the app's, in Python; the database only holds what came of it."""
    connection = op.get_bind()
    columns = ", ".join(texts)
    select = f"SELECT ctid::text AS place, {columns} FROM {table} WHERE num_nonnulls({columns}) > 0"  # noqa: S608 - names of our own
    rows = connection.execute(sqlalchemy.text(select))
    found = [
        {"place": row.place, "key": key} for row in rows if (key := words_key(*(getattr(row, each) for each in texts)))
    ]
    if found:
        update = f"UPDATE {table} SET search_key = :key WHERE ctid = CAST(CAST(:place AS text) AS tid)"  # noqa: S608 - names of our own
        connection.execute(sqlalchemy.text(update), found)
