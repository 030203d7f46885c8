"""What polling remembers, raw pages to read again, lines that a host repeats."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

INSTANT = sa.String(length=27).with_variant(TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    op.add_column("source", sa.Column("address", sa.Text()))
    op.add_column("source", sa.Column("moved_to", sa.Text()))
    op.add_column("source", sa.Column("moved_times", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("source", sa.Column("pacing", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("source", sa.Column("notices", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("source", sa.Column("settings_digest", sa.Text()))
    op.execute("UPDATE source SET last_keys = NULL")  # keys are made otherwise now: every list would seem to have a gap
    op.add_column("item", sa.Column("payload_at", INSTANT))
    op.add_column("item", sa.Column("content", sa.LargeBinary()))
    op.add_column("article", sa.Column("modified", sa.JSON()))
    op.add_column("article", sa.Column("derived", sa.Text()))
    op.create_table(
        "line",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("k", sa.BigInteger(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("host", "k", name="pk_line"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_line_seen", "line", ["seen_at"])
    op.create_index(
        "ix_line_learned",
        "line",
        ["host", "k"],
        sqlite_where=sa.text("seen > 1"),
        postgresql_where=sa.text("seen > 1"),
    )
    op.create_table(
        "raw",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("content_type", sa.Text()),
        sa.Column("fetched_at", INSTANT, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_raw_item_id_item"),
        sa.PrimaryKeyConstraint("item_id", "part", name="pk_raw"),
    )
    op.create_index("ix_raw_fetched", "raw", ["fetched_at", "size"])
