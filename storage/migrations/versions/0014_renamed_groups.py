"""Groups are found by the names of their rule and channel, channels keep what they were called, and messages are taken
back with their hits by an index.

What a group has in common stands in its row, so that a rule or a channel may get another name. It can be told of those
that tell each story by itself; of others the hash that stands there leads nowhere, and their next message begins anew.
"""

from __future__ import annotations

from hashlib import sha256

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

INSTANT = sa.String(length=27).with_variant(TIMESTAMP(timezone=True), "postgresql")
GROWN = sa.text("grown_at IS NOT NULL")
KNOWN = """
SELECT alert_group.*, hit.rule, hit.story_id FROM alert_group JOIN hit ON hit.id = alert_group.hit_id
"""
AT_ONCE = 1000


def upgrade() -> None:
    op.create_index("ix_delivery_hit_delivery_id", "delivery_hit", ["delivery_id"])
    op.create_table(
        "channel_name",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("until", INSTANT, nullable=False),
        sa.Column("now", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", "until", name="pk_channel_name"),
        sqlite_with_rowid=False,
    )
    connection = op.get_bind()
    known = [_renamed(row) for row in connection.execute(sa.text(KNOWN)).mappings()]
    op.drop_table("alert_group")
    made = op.create_table(
        "alert_group",
        sa.Column("shared", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("told_at", INSTANT, nullable=False),
        sa.Column("hit_id", sa.Integer(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("grown_at", INSTANT),
        sa.ForeignKeyConstraint(["hit_id"], ["hit.id"], name="fk_alert_group_hit_id_hit"),
        sa.PrimaryKeyConstraint("shared", "rule", "channel", name="pk_alert_group"),
    )
    op.create_index("ix_alert_group_hit_id", "alert_group", ["hit_id"])
    op.create_index("ix_alert_group_grown", "alert_group", ["told_at"], sqlite_where=GROWN, postgresql_where=GROWN)
    for start in range(0, len(known), AT_ONCE):
        connection.execute(sa.insert(made), known[start : start + AT_ONCE])


def _renamed(row: sa.RowMapping) -> dict[str, object]:
    """Return the row of a group under its new key."""
    story = f"story={row['story_id']}"
    of_story = sha256("|".join(("group", row["rule"], row["channel"], story)).encode()).hexdigest()
    kept = {name: row[name] for name in ("rule", "channel", "told_at", "hit_id", "articles", "grown_at")}
    return {"shared": story if row["key"] == of_story else row["key"], **kept}
