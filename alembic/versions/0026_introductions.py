"""Introductions of two people by somebody who knows both, and the requests that somebody be introduced."""

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        ALTER TABLE people ADD COLUMN may_be_asked boolean NOT NULL DEFAULT false
    """)
    # When the card was opened to introductions after it had been closed to them; null while it never was. What
    # somebody was asked before that moment was asked under a consent that has ended.
    op.execute("""
        ALTER TABLE cards ADD COLUMN reopened_to_introductions_at timestamptz
    """)
    # The places point into events without holding them. What was shared at MADE is named here by field; the details
    # themselves stay with their owner.
    op.execute("""
        CREATE TABLE introductions (
            id uuid CONSTRAINT introductions_pkey PRIMARY KEY,
            introducer_id uuid NOT NULL CONSTRAINT introductions_of_introducer REFERENCES people ON DELETE CASCADE,
            first_id uuid NOT NULL CONSTRAINT introductions_of_first REFERENCES people ON DELETE CASCADE,
            first_event_id uuid NOT NULL,
            first_swap_id uuid NOT NULL,
            second_id uuid NOT NULL CONSTRAINT introductions_of_second REFERENCES people ON DELETE CASCADE,
            second_event_id uuid NOT NULL,
            second_swap_id uuid NOT NULL,
            key uuid NOT NULL,
            reason text NOT NULL,
            reason_hash bytea NOT NULL,
            asked_at timestamptz NOT NULL,
            first_says_yes boolean,
            first_answered_at timestamptz,
            first_offers text[],
            second_says_yes boolean,
            second_answered_at timestamptz,
            second_offers text[],
            made_at timestamptz,
            taken_back_at timestamptz,
            ended_at timestamptz,
            first_thanked_at timestamptz,
            second_thanked_at timestamptz,
            CONSTRAINT introductions_one_per_key UNIQUE (introducer_id, key),
            CONSTRAINT introductions_of_three CHECK (
                introducer_id <> first_id AND introducer_id <> second_id AND first_id <> second_id
            ),
            CONSTRAINT introductions_second_is_asked_second CHECK (
                second_says_yes IS NULL OR first_says_yes IS NOT NULL
            ),
            CONSTRAINT introductions_made_by_two_yeses CHECK (
                made_at IS NULL OR (first_says_yes IS TRUE AND second_says_yes IS TRUE)
            ),
            CONSTRAINT introductions_offer_known_fields CHECK (
                first_offers <@ ARRAY['EMAIL', 'PHONE', 'LINKS'] AND second_offers <@ ARRAY['EMAIL', 'PHONE', 'LINKS']
            )
        )
    """)
    op.execute("""
        CREATE UNIQUE INDEX introductions_one_per_pair_and_reason
        ON introductions (introducer_id, LEAST(first_id, second_id), GREATEST(first_id, second_id), reason_hash)
    """)
    op.execute("""
        CREATE INDEX introductions_by_first ON introductions (first_id, second_id)
    """)
    op.execute("""
        CREATE INDEX introductions_by_second ON introductions (second_id, first_id)
    """)
    op.execute("""
        CREATE TABLE introduction_requests (
            id uuid CONSTRAINT introduction_requests_pkey PRIMARY KEY,
            asker_id uuid NOT NULL CONSTRAINT introduction_requests_of_asker REFERENCES people ON DELETE CASCADE,
            asked_id uuid NOT NULL CONSTRAINT introduction_requests_of_asked REFERENCES people ON DELETE CASCADE,
            met_event_id uuid NOT NULL,
            met_swap_id uuid NOT NULL,
            key uuid NOT NULL,
            need text NOT NULL,
            asked_at timestamptz NOT NULL,
            settled_at timestamptz,
            CONSTRAINT introduction_requests_one_per_key UNIQUE (asker_id, key),
            CONSTRAINT introduction_requests_of_two CHECK (asker_id <> asked_id)
        )
    """)
    op.execute("""
        CREATE INDEX introduction_requests_by_asked ON introduction_requests (asked_id, asked_at)
    """)
    # Whom each person has as a contact by a live swap in which both share, and since when that one's card has been
    # open to introductions: null while it is not.
    op.execute("""
        CREATE VIEW mutual_contacts AS
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
    # Introductions whose three people all still consent. The one place to ask.
    op.execute("""
        CREATE VIEW consented_introductions AS
        SELECT introductions.id
        FROM introductions
        JOIN mutual_contacts AS the_first ON the_first.person_id = introductions.introducer_id
            AND the_first.contact_id = introductions.first_id
            AND the_first.event_id = introductions.first_event_id AND the_first.swap_id = introductions.first_swap_id
            AND the_first.open_since <= introductions.asked_at
        JOIN mutual_contacts AS the_second ON the_second.person_id = introductions.introducer_id
            AND the_second.contact_id = introductions.second_id
            AND the_second.event_id = introductions.second_event_id
            AND the_second.swap_id = introductions.second_swap_id
            AND the_second.open_since <= introductions.asked_at
        WHERE introductions.ended_at IS NULL
          AND NOT EXISTS (
              SELECT FROM blocks
              WHERE (blocks.blocker_id = introductions.first_id AND blocks.blocked_id = introductions.second_id)
                 OR (blocks.blocker_id = introductions.second_id AND blocks.blocked_id = introductions.first_id)
          )
    """)


def downgrade() -> None:
    op.execute("DROP VIEW consented_introductions")
    op.execute("DROP VIEW mutual_contacts")
    op.execute("DROP TABLE introduction_requests")
    op.execute("DROP TABLE introductions")
    op.execute("ALTER TABLE cards DROP COLUMN reopened_to_introductions_at")
    op.execute("ALTER TABLE people DROP COLUMN may_be_asked")
