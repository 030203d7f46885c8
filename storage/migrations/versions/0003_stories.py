"""Stories that merge, split and change their canonical article; what people correct."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INSTANT = sa.String(length=27).with_variant(TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    op.add_column("article", sa.Column("precedence", sa.Text(), nullable=False, server_default=""))
    op.add_column("story", sa.Column("merged_into", sa.Integer()))
    op.add_column("story", sa.Column("split_from", sa.Integer()))
    op.create_index("ix_story_merged_into", "story", ["merged_into"])
    op.create_index("ix_story_split_from", "story", ["split_from"])
    op.create_table(
        "correction",
        sa.Column("low_id", sa.Integer(), nullable=False),
        sa.Column("high_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("note", sa.Text()),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["low_id"], ["article.id"], name="fk_correction_low_id_article"),
        sa.ForeignKeyConstraint(["high_id"], ["article.id"], name="fk_correction_high_id_article"),
        sa.PrimaryKeyConstraint("low_id", "high_id", name="pk_correction"),
    )
    op.create_index("ix_correction_high_id", "correction", ["high_id"])
    op.create_table(
        "story_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Integer()),
        sa.Column("other_id", sa.Integer()),
        sa.Column("other_story_id", sa.Integer()),
        sa.Column("detail", sa.Text()),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name="fk_story_event_story_id_story"),
        sa.PrimaryKeyConstraint("id", name="pk_story_event"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_story_event_story_id", "story_event", ["story_id"])
    op.create_index("ix_story_event_article_id", "story_event", ["article_id"])
