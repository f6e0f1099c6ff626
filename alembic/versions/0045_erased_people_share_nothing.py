"""A person who is erased shares nothing any more: their swaps end with the account, whoever deletes it."""

from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE FUNCTION end_swaps_of_erased_person() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            UPDATE swaps SET withdrawn_at = now(), changed_at = now()
            FROM registrations
            JOIN swap_sides ON swap_sides.event_id = registrations.event_id
                AND swap_sides.registration_id = registrations.id
            WHERE registrations.person_id = OLD.id AND swaps.event_id = swap_sides.event_id
              AND swaps.id = swap_sides.swap_id AND swaps.withdrawn_at IS NULL;
            RETURN OLD;
        END
        $$
    """)
    op.execute("""
        CREATE TRIGGER erased_people_share_nothing BEFORE DELETE ON people
            FOR EACH ROW EXECUTE FUNCTION end_swaps_of_erased_person()
    """)


def downgrade() -> None:
    op.execute("DROP TRIGGER erased_people_share_nothing ON people")
    op.execute("DROP FUNCTION end_swaps_of_erased_person")
