"""What one person keeps about another across events: the relationship, what was given and received, and cards kept."""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The met_ columns say where it began, also when that event is long gone. Whether the two still share anything is
    # read from their swaps each time and never stored here. other_id is null once their account is erased.
    op.execute("""
        CREATE TABLE relationships (
            person_id uuid NOT NULL CONSTRAINT relationships_of_person REFERENCES people ON DELETE CASCADE,
            id uuid NOT NULL,
            other_id uuid CONSTRAINT relationships_with_person REFERENCES people ON DELETE SET NULL,
            kind text CONSTRAINT relationships_kind_known
                CHECK (kind IN ('STAY_IN_TOUCH', 'GET_TO_KNOW', 'WORKED_WITH')),
            met_event_id uuid NOT NULL,
            met_event_title text NOT NULL,
            met_on date NOT NULL,
            began_at timestamptz NOT NULL,
            last_touch_at timestamptz NOT NULL,
            resting_until date,
            CONSTRAINT relationships_pkey PRIMARY KEY (person_id, id),
            CONSTRAINT relationships_one_per_pair UNIQUE (person_id, other_id),
            CONSTRAINT relationships_not_with_oneself CHECK (person_id <> other_id)
        )
    """)
    op.execute("""
        CREATE INDEX relationships_by_touch ON relationships (person_id, last_touch_at, id)
    """)
    op.execute("""
        CREATE INDEX relationships_by_other ON relationships (other_id) WHERE other_id IS NOT NULL
    """)
    op.execute("""
        CREATE TABLE gifts (
            person_id uuid NOT NULL,
            id uuid NOT NULL,
            relationship_id uuid NOT NULL,
            key uuid NOT NULL,
            direction text NOT NULL CONSTRAINT gifts_direction_known CHECK (direction IN ('GAVE', 'RECEIVED')),
            kind text NOT NULL CONSTRAINT gifts_kind_known CHECK (kind IN (
                'SUPPLIERS', 'FRIENDS', 'ADVICE', 'MARKET_NEWS', 'INFORMATION', 'SUPPORT', 'ENCOURAGEMENT', 'FEEDBACK',
                'IDEAS', 'SOLUTIONS', 'INTRODUCTION', 'PROMISE', 'OTHER'
            )),
            text text NOT NULL,
            given_at timestamptz NOT NULL,
            CONSTRAINT gifts_pkey PRIMARY KEY (person_id, id),
            CONSTRAINT gifts_one_per_key UNIQUE (person_id, key),
            CONSTRAINT gifts_of_relationship FOREIGN KEY (person_id, relationship_id)
                REFERENCES relationships ON DELETE CASCADE
        )
    """)
    op.execute("""
        CREATE INDEX gifts_by_relationship ON gifts (person_id, relationship_id, direction)
    """)
    # The other's card as it was open to this person when the event was aged; it points into the event softly.
    op.execute("""
        CREATE TABLE kept_cards (
            person_id uuid NOT NULL,
            relationship_id uuid NOT NULL,
            met_event_id uuid NOT NULL,
            met_swap_id uuid NOT NULL,
            name text NOT NULL,
            pronouns text,
            up_to text,
            seeking text,
            offering text,
            ask_me_about text,
            good_introduction text,
            new_here boolean NOT NULL,
            been_here boolean NOT NULL,
            between_things boolean NOT NULL,
            topics text[] NOT NULL,
            open_to_event boolean NOT NULL,
            open_to_introductions boolean NOT NULL,
            kept_at timestamptz NOT NULL,
            CONSTRAINT kept_cards_pkey PRIMARY KEY (person_id, met_event_id, met_swap_id),
            CONSTRAINT kept_cards_of_relationship FOREIGN KEY (person_id, relationship_id)
                REFERENCES relationships ON DELETE CASCADE
        )
    """)
    op.execute("""
        CREATE INDEX kept_cards_by_relationship ON kept_cards (person_id, relationship_id)
    """)
    op.execute("""
        CREATE INDEX kept_cards_by_swap ON kept_cards (met_event_id, met_swap_id)
    """)
    # Swaps that are mutual already: one row for each direction of a pair, begun at their first one.
    op.execute("""
        INSERT INTO relationships (person_id, id, other_id, met_event_id, met_event_title, met_on, began_at,
                                   last_touch_at)
        SELECT DISTINCT ON (mine.person_id, theirs.person_id)
               mine.person_id, gen_random_uuid(), theirs.person_id, events.id, events.title,
               ((swaps.swapped_at AT TIME ZONE events.timezone) - interval '4 hours')::date,
               GREATEST(my_side.offered_at, their_side.offered_at, swaps.swapped_at),
               max(swaps.swapped_at) OVER (PARTITION BY mine.person_id, theirs.person_id)
        FROM swap_sides AS my_side
        JOIN swap_sides AS their_side ON their_side.event_id = my_side.event_id
            AND their_side.swap_id = my_side.swap_id AND their_side.registration_id <> my_side.registration_id
        JOIN swaps ON swaps.event_id = my_side.event_id AND swaps.id = my_side.swap_id AND swaps.withdrawn_at IS NULL
        JOIN events ON events.id = swaps.event_id
        JOIN registrations AS mine ON mine.event_id = my_side.event_id AND mine.id = my_side.registration_id
            AND mine.person_id IS NOT NULL
        JOIN registrations AS theirs ON theirs.event_id = their_side.event_id
            AND theirs.id = their_side.registration_id AND theirs.person_id IS NOT NULL
        WHERE my_side.offers IS NOT NULL AND their_side.offers IS NOT NULL
        ORDER BY mine.person_id, theirs.person_id, swaps.swapped_at, swaps.id
    """)
    # What they had kept of their promises until then was given.
    op.execute("""
        INSERT INTO gifts (person_id, id, relationship_id, key, direction, kind, text, given_at)
        SELECT relationships.person_id, gen_random_uuid(), relationships.id, promises.id, 'GAVE', 'PROMISE',
               promises.text, promises.kept_at
        FROM promises
        JOIN swaps ON swaps.event_id = promises.event_id AND swaps.id = promises.swap_id
        JOIN registrations AS mine ON mine.event_id = promises.event_id AND mine.id = promises.registration_id
        JOIN registrations AS theirs ON theirs.event_id = promises.event_id
            AND theirs.id IN (swaps.lower_id, swaps.upper_id) AND theirs.id <> mine.id
        JOIN relationships ON relationships.person_id = mine.person_id AND relationships.other_id = theirs.person_id
        WHERE promises.kept_at IS NOT NULL
    """)


def downgrade() -> None:
    op.execute("DROP TABLE kept_cards")
    op.execute("DROP TABLE gifts")
    op.execute("DROP TABLE relationships")
