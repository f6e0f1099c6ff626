"""Contacts are looked up in one order: from the person to their swaps, to the other side, to that one's card.

Six tables joined freely, and twice six for consent, were planned anew by what was known of each table at the moment.
Where that was little, as after a first import, the rows of one event were joined each with each: seconds for one
introduction.
"""

from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The same rows under the same names as before, so that what is built on the view stays. OFFSET 0 keeps each step
    # where it stands: PostgreSQL neither merges it with the next nor puts it first.
    op.execute("""
        CREATE OR REPLACE VIEW mutual_contacts AS
        SELECT mine.person_id, theirs.person_id AS contact_id, mine.event_id, my_side.swap_id, swaps.swapped_at,
               mine.id AS registration_id, their_side.registration_id AS contact_registration_id, cards.open_since
        FROM registrations AS mine
        CROSS JOIN LATERAL (
            SELECT swap_id FROM swap_sides
            WHERE event_id = mine.event_id AND registration_id = mine.id AND offers IS NOT NULL
            OFFSET 0
        ) AS my_side
        CROSS JOIN LATERAL (
            SELECT swapped_at FROM swaps
            WHERE event_id = mine.event_id AND id = my_side.swap_id AND withdrawn_at IS NULL
            OFFSET 0
        ) AS swaps
        CROSS JOIN LATERAL (
            SELECT registration_id FROM swap_sides
            WHERE event_id = mine.event_id AND swap_id = my_side.swap_id AND registration_id <> mine.id
              AND offers IS NOT NULL
            OFFSET 0
        ) AS their_side
        CROSS JOIN LATERAL (
            SELECT person_id FROM registrations
            WHERE event_id = mine.event_id AND id = their_side.registration_id AND person_id IS NOT NULL
            OFFSET 0
        ) AS theirs
        CROSS JOIN LATERAL (
            SELECT CASE WHEN open_to_event AND open_to_introductions
                        THEN COALESCE(reopened_to_introductions_at, '-infinity') END AS open_since
            FROM cards
            WHERE event_id = mine.event_id AND registration_id = their_side.registration_id
            OFFSET 0
        ) AS cards
        WHERE mine.person_id IS NOT NULL
    """)


def downgrade() -> None:
    op.execute("""
        CREATE OR REPLACE VIEW mutual_contacts AS
        SELECT mine.person_id, theirs.person_id AS contact_id, swaps.event_id, swaps.id AS swap_id, swaps.swapped_at,
               mine.id AS registration_id, theirs.id AS contact_registration_id,
               CASE WHEN cards.open_to_event AND cards.open_to_introductions
                    THEN COALESCE(cards.reopened_to_introductions_at, '-infinity') END AS open_since
        FROM registrations AS mine
        JOIN swap_sides AS my_side ON my_side.event_id = mine.event_id AND my_side.registration_id = mine.id
            AND my_side.offers IS NOT NULL
        JOIN swaps ON swaps.event_id = my_side.event_id AND swaps.id = my_side.swap_id AND swaps.withdrawn_at IS NULL
        JOIN swap_sides AS their_side ON their_side.event_id = swaps.event_id AND their_side.swap_id = swaps.id
            AND their_side.registration_id <> mine.id AND their_side.offers IS NOT NULL
        JOIN registrations AS theirs ON theirs.event_id = their_side.event_id
            AND theirs.id = their_side.registration_id
        JOIN cards ON cards.event_id = theirs.event_id AND cards.registration_id = theirs.id
        WHERE mine.person_id IS NOT NULL AND theirs.person_id IS NOT NULL
    """)
