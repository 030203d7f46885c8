"""How channels stand. Messages of a channel are found in the order in which they are due, and those tried in vain."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

INSTANT = sa.String(length=27).with_variant(TIMESTAMP(timezone=True), "postgresql")
UNSENT = sa.text("state IN ('pending', 'sending')")
TRIED = sa.text("state IN ('pending', 'sending') AND last_error IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "channel_state",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("sends", sa.JSON(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failing_since", INSTANT),
        sa.Column("rests_until", INSTANT),
        sa.Column("reason", sa.Text()),
        sa.Column("told_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_channel_state"),
    )
    op.drop_index("ix_delivery_unsent", table_name="delivery")
    op.create_index(
        "ix_delivery_unsent",
        "delivery",
        ["channel", "due_at", "id"],
        sqlite_where=UNSENT,
        postgresql_where=UNSENT,
    )
    op.create_index("ix_delivery_tried", "delivery", ["due_at"], sqlite_where=TRIED, postgresql_where=TRIED)
