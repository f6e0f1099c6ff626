"""Evenings as long as their person wants them, ended by them, and speaking of people met at any event."""

from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        ALTER TABLE people
            ADD COLUMN evening_limit smallint NOT NULL DEFAULT 3
                CONSTRAINT people_evening_limit CHECK (evening_limit BETWEEN 1 AND 5)
    """)
    # at_most is how many a list shows, from the moment it is opened. The one who could be asked something later is
    # named by their swap alone, and the words are the app's.
    op.execute("""
        ALTER TABLE evenings
            ADD COLUMN at_most smallint CONSTRAINT evenings_at_most CHECK (at_most BETWEEN 1 AND 5),
            ADD COLUMN ended_at timestamptz,
            ADD COLUMN ask_waits_event_id uuid,
            ADD COLUMN ask_waits_swap_id uuid,
            ADD CONSTRAINT evenings_ask_waits_whole CHECK ((ask_waits_event_id IS NULL) = (ask_waits_swap_id IS NULL))
    """)
    op.execute("UPDATE evenings SET at_most = 3 WHERE opened_at IS NOT NULL")
    # A follow-up speaks of somebody met at whichever event, so it goes with that swap. person_id is whom it is about:
    # their account, or their place while nobody has taken it.
    op.execute("""
        ALTER TABLE follow_ups
            DROP CONSTRAINT follow_ups_of_side,
            ADD COLUMN swap_event_id uuid,
            ADD COLUMN other_event_id uuid,
            ADD COLUMN other_swap_id uuid,
            ADD COLUMN person_id uuid,
            ADD COLUMN their_words text,
            ADD COLUMN gift text
    """)
    op.execute("""
        UPDATE follow_ups SET swap_event_id = follow_ups.event_id, person_id = COALESCE(them.person_id, them.id)
        FROM swap_sides
        JOIN registrations AS them ON them.event_id = swap_sides.event_id AND them.id = swap_sides.registration_id
        WHERE swap_sides.event_id = follow_ups.event_id AND swap_sides.swap_id = follow_ups.swap_id
          AND swap_sides.registration_id <> follow_ups.registration_id
    """)
    op.execute("""
        ALTER TABLE follow_ups
            ALTER COLUMN swap_event_id SET NOT NULL,
            ALTER COLUMN person_id SET NOT NULL,
            ADD CONSTRAINT follow_ups_other_whole CHECK ((other_event_id IS NULL) = (other_swap_id IS NULL)),
            ADD CONSTRAINT follow_ups_of_swap FOREIGN KEY (swap_event_id, swap_id)
                REFERENCES swaps ON DELETE CASCADE,
            ADD CONSTRAINT follow_ups_of_other FOREIGN KEY (other_event_id, other_swap_id)
                REFERENCES swaps ON DELETE CASCADE
    """)
    op.execute("CREATE INDEX follow_ups_by_swap ON follow_ups (swap_event_id, swap_id)")
    op.execute("""
        CREATE INDEX follow_ups_by_other ON follow_ups (other_event_id, other_swap_id) WHERE other_swap_id IS NOT NULL
    """)
    # What may be shown, and to whom: while every swap behind a follow-up lives, while what it quotes of somebody's card
    # still stands there and is open to its reader, and while nobody in it asked for quiet.
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


def downgrade() -> None:
    op.execute("DROP VIEW live_follow_ups")
    op.execute("DROP INDEX follow_ups_by_other")
    op.execute("DROP INDEX follow_ups_by_swap")
    op.execute("DELETE FROM follow_ups WHERE swap_event_id <> event_id OR other_swap_id IS NOT NULL")
    op.execute("""
        ALTER TABLE follow_ups
            DROP CONSTRAINT follow_ups_of_other,
            DROP CONSTRAINT follow_ups_of_swap,
            DROP CONSTRAINT follow_ups_other_whole,
            DROP COLUMN gift,
            DROP COLUMN their_words,
            DROP COLUMN person_id,
            DROP COLUMN other_swap_id,
            DROP COLUMN other_event_id,
            DROP COLUMN swap_event_id,
            ADD CONSTRAINT follow_ups_of_side FOREIGN KEY (event_id, swap_id, registration_id)
                REFERENCES swap_sides ON DELETE CASCADE
    """)
    op.execute("""
        ALTER TABLE evenings
            DROP CONSTRAINT evenings_ask_waits_whole,
            DROP COLUMN ask_waits_swap_id,
            DROP COLUMN ask_waits_event_id,
            DROP COLUMN ended_at,
            DROP COLUMN at_most
    """)
    op.execute("ALTER TABLE people DROP COLUMN evening_limit")
