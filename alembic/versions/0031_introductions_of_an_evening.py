"""Introductions on an evening list, shown only while both are open to one and offer what they offered."""

from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DROP VIEW live_follow_ups")
    op.execute("ALTER TABLE follow_ups ADD COLUMN other_words text")
    op.execute("""
        CREATE VIEW live_follow_ups AS
        SELECT follow_ups.event_id, follow_ups.id, readers.person_id AS reader_id
        FROM follow_ups
        JOIN registrations AS readers ON readers.event_id = follow_ups.event_id
            AND readers.id = follow_ups.registration_id
        JOIN swaps ON swaps.event_id = follow_ups.swap_event_id AND swaps.id = follow_ups.swap_id
            AND swaps.withdrawn_at IS NULL
        LEFT JOIN swaps AS others ON others.event_id = follow_ups.other_event_id
            AND others.id = follow_ups.other_swap_id AND others.withdrawn_at IS NULL
        WHERE (follow_ups.other_swap_id IS NULL OR others.id IS NOT NULL)
          AND NOT EXISTS (
              SELECT 1
              FROM registrations AS them
              JOIN people ON people.id = them.person_id AND people.quiet_since IS NOT NULL
              WHERE them.person_id <> readers.person_id
                AND ((them.event_id = swaps.event_id AND them.id IN (swaps.lower_id, swaps.upper_id))
                     OR (them.event_id = others.event_id AND them.id IN (others.lower_id, others.upper_id)))
          )
          AND (follow_ups.other_swap_id IS NULL OR NOT EXISTS (
              SELECT 1
              FROM swap_sides AS mine
              JOIN registrations AS own ON own.event_id = mine.event_id AND own.id = mine.registration_id
                  AND own.person_id = readers.person_id
              JOIN swap_sides AS theirs ON theirs.event_id = mine.event_id AND theirs.swap_id = mine.swap_id
                  AND theirs.registration_id <> mine.registration_id
              JOIN cards ON cards.event_id = theirs.event_id AND cards.registration_id = theirs.registration_id
              WHERE (mine.event_id, mine.swap_id) IN ((follow_ups.swap_event_id, follow_ups.swap_id),
                                                      (follow_ups.other_event_id, follow_ups.other_swap_id))
                AND (NOT cards.open_to_introductions OR mine.offers IS NULL OR theirs.offers IS NULL
                     OR mine.declined_at IS NOT NULL
                     OR (mine.swap_id = follow_ups.other_swap_id AND follow_ups.other_words IS NOT NULL
                         AND cards.offering IS DISTINCT FROM follow_ups.other_words))
          ))
          AND (follow_ups.their_words IS NULL OR EXISTS (
              SELECT 1
              FROM swap_sides AS mine
              JOIN registrations AS own ON own.event_id = mine.event_id AND own.id = mine.registration_id
                  AND own.person_id = readers.person_id
              JOIN swap_sides AS theirs ON theirs.event_id = mine.event_id AND theirs.swap_id = mine.swap_id
                  AND theirs.registration_id <> mine.registration_id
              JOIN cards ON cards.event_id = theirs.event_id AND cards.registration_id = theirs.registration_id
              WHERE mine.event_id = follow_ups.swap_event_id AND mine.swap_id = follow_ups.swap_id
                AND (cards.open_to_event
                     OR (mine.offers IS NOT NULL AND theirs.offers IS NOT NULL AND mine.declined_at IS NULL))
                AND (position(follow_ups.their_words IN cards.up_to) > 0
                     OR position(follow_ups.their_words IN cards.seeking) > 0
                     OR position(follow_ups.their_words IN cards.offering) > 0)
          ))
    """)


def downgrade() -> None:
    op.execute("DROP VIEW live_follow_ups")
    op.execute("ALTER TABLE follow_ups DROP COLUMN other_words")
    op.execute("""
        CREATE VIEW live_follow_ups AS
        SELECT follow_ups.event_id, follow_ups.id, readers.person_id AS reader_id
        FROM follow_ups
        JOIN registrations AS readers ON readers.event_id = follow_ups.event_id
            AND readers.id = follow_ups.registration_id
        JOIN swaps ON swaps.event_id = follow_ups.swap_event_id AND swaps.id = follow_ups.swap_id
            AND swaps.withdrawn_at IS NULL
        LEFT JOIN swaps AS others ON others.event_id = follow_ups.other_event_id
            AND others.id = follow_ups.other_swap_id AND others.withdrawn_at IS NULL
        WHERE (follow_ups.other_swap_id IS NULL OR others.id IS NOT NULL)
          AND NOT EXISTS (
              SELECT 1
              FROM registrations AS them
              JOIN people ON people.id = them.person_id AND people.quiet_since IS NOT NULL
              WHERE them.person_id <> readers.person_id
                AND ((them.event_id = swaps.event_id AND them.id IN (swaps.lower_id, swaps.upper_id))
                     OR (them.event_id = others.event_id AND them.id IN (others.lower_id, others.upper_id)))
          )
          AND (follow_ups.their_words IS NULL OR EXISTS (
              SELECT 1
              FROM swap_sides AS mine
              JOIN registrations AS own ON own.event_id = mine.event_id AND own.id = mine.registration_id
                  AND own.person_id = readers.person_id
              JOIN swap_sides AS theirs ON theirs.event_id = mine.event_id AND theirs.swap_id = mine.swap_id
                  AND theirs.registration_id <> mine.registration_id
              JOIN cards ON cards.event_id = theirs.event_id AND cards.registration_id = theirs.registration_id
              WHERE mine.event_id = follow_ups.swap_event_id AND mine.swap_id = follow_ups.swap_id
                AND (cards.open_to_event
                     OR (mine.offers IS NOT NULL AND theirs.offers IS NOT NULL AND mine.declined_at IS NULL))
                AND (position(follow_ups.their_words IN cards.up_to) > 0
                     OR position(follow_ups.their_words IN cards.seeking) > 0
                     OR position(follow_ups.their_words IN cards.offering) > 0)
          ))
    """)
