"""Hits wait for channels in rows of their own, groups and silences have theirs.

What waits for the digest of a channel was every hit after the last one that a digest of it could hold, but for those
that were told at once, whoever was told them. Rows of rules that are not for the channel are dropped when they are
old.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

INSTANT = sa.String(length=27).with_variant(TIMESTAMP(timezone=True), "postgresql")
URGENT = sa.text("urgent")
WAITING = """
INSERT INTO waiting_hit (channel, hit_id, rule, urgent)
SELECT digest.channel, hit.id, hit.rule, false
FROM digest JOIN hit ON hit.id > digest.last_hit_id
WHERE digest.scheduled_at = (SELECT max(other.scheduled_at) FROM digest AS other WHERE other.channel = digest.channel)
AND NOT EXISTS (
    SELECT 1 FROM delivery_hit JOIN delivery ON delivery.id = delivery_hit.delivery_id
    WHERE delivery_hit.hit_id = hit.id AND (delivery.channel = digest.channel OR delivery.reason <> 'digest')
)
"""


def upgrade() -> None:
    op.create_table(
        "waiting_hit",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("hit_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["hit_id"], ["hit.id"], name="fk_waiting_hit_hit_id_hit"),
        sa.PrimaryKeyConstraint("channel", "hit_id", name="pk_waiting_hit"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_waiting_hit_hit_id", "waiting_hit", ["hit_id"])
    op.create_index("ix_waiting_hit_rule", "waiting_hit", ["rule"])
    op.create_index(
        "ix_waiting_hit_urgent", "waiting_hit", ["hit_id"], sqlite_where=URGENT, postgresql_where=URGENT
    )
    op.create_table(
        "alert_group",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("told_at", INSTANT, nullable=False),
        sa.Column("hit_id", sa.Integer(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["hit_id"], ["hit.id"], name="fk_alert_group_hit_id_hit"),
        sa.PrimaryKeyConstraint("key", name="pk_alert_group"),
    )
    op.create_table(
        "silence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text()),
        sa.Column("entity", sa.Text()),
        sa.Column("source", sa.Text()),
        sa.Column("query", sa.Text()),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_silence"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_silence_ends", "silence", ["ends_at"])
    op.create_table(
        "silenced_hit",
        sa.Column("hit_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("silence_id", sa.Integer(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["hit_id"], ["hit.id"], name="fk_silenced_hit_hit_id_hit"),
        sa.ForeignKeyConstraint(["silence_id"], ["silence.id"], name="fk_silenced_hit_silence_id_silence"),
        sa.PrimaryKeyConstraint("hit_id", name="pk_silenced_hit"),
    )
    op.create_index("ix_silenced_hit_at", "silenced_hit", ["at"])
    op.execute(WAITING)
