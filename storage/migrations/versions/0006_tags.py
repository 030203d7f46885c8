"""Tags: sizes and reasons, names that were not sure enough, facts of regulations, names to propose, tagging again."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

INSTANT = sa.String(length=27).with_variant(TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    op.add_column("mention", sa.Column("size", sa.Text()))
    op.add_column("mention", sa.Column("reasons", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("article", sa.Column("catalogue", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "considered",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("surface", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_considered_article_id_article"),
        sa.PrimaryKeyConstraint("article_id", "field", "start", "stop", "entity", name="pk_considered"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_considered_entity", "considered", ["entity", "article_id"])
    op.create_table(
        "stated_fact",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("surface", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_stated_fact_article_id_article"),
        sa.PrimaryKeyConstraint("article_id", "entity", "what", "value", name="pk_stated_fact"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_stated_fact_entity", "stated_fact", ["entity", "article_id"])
    op.create_table(
        "sighting",
        sa.Column("k", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("surface", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_sighting_article_id_article"),
        sa.PrimaryKeyConstraint("k", "kind", "article_id", name="pk_sighting"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_sighting_seen", "sighting", ["seen_at", "k"])
    op.create_index("ix_sighting_article_id", "sighting", ["article_id"])
    op.create_table(
        "dismissed",
        sa.Column("k", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("note", sa.Text()),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("k", "kind", name="pk_dismissed"),
    )
    op.create_table(
        "retag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("catalogue", sa.Text(), nullable=False),
        sa.Column("after_id", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("alerts_since", INSTANT),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_retag"),
    )
