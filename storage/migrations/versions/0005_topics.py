"""Topics: stories about one event, and the words that tell."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

INSTANT = sa.String(length=27).with_variant(TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "term",
        sa.Column("k", sa.BigInteger(), nullable=False),
        sa.Column("stories", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("k", name="pk_term"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "story_term",
        sa.Column("k", sa.BigInteger(), nullable=False),
        sa.Column("article_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("k", "article_id", name="pk_story_term"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "profile",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("told_at", INSTANT, nullable=False),
        sa.Column("first_seen_at", INSTANT, nullable=False),
        sa.Column("counted", sa.LargeBinary(), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_profile_article_id_article"),
        sa.PrimaryKeyConstraint("article_id", name="pk_profile"),
    )
    op.create_index("ix_profile_first_seen_at", "profile", ["first_seen_at"])
    op.create_table(
        "topic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["article.id"], name="fk_topic_lead_id_article"),
        sa.PrimaryKeyConstraint("id", name="pk_topic"),
        sa.UniqueConstraint("lead_id", name="uq_topic_lead_id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "topic_link",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("via_article_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_topic_link_article_id_article"),
        sa.ForeignKeyConstraint(["via_article_id"], ["article.id"], name="fk_topic_link_via_article_id_article"),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name="fk_topic_link_topic_id_topic"),
        sa.PrimaryKeyConstraint("article_id", name="pk_topic_link"),
    )
    op.create_index("ix_topic_link_topic_id", "topic_link", ["topic_id"])
