"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

INSTANT = sa.String(length=27).with_variant(TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "band",
        sa.Column("k", sa.BigInteger(), nullable=False),
        sa.Column("article_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("k", "article_id", name="pk_band"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("lease_owner", sa.Text()),
        sa.Column("leased_until", INSTANT),
        sa.Column("last_error", sa.Text()),
        sa.Column("detail", sa.Text()),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("sent_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_delivery"),
        sa.UniqueConstraint("key", name="uq_delivery_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_delivery_state", "delivery", ["state", "id"])
    op.create_index(
        "ix_delivery_unsent",
        "delivery",
        ["channel", "id"],
        sqlite_where=sa.text("state IN ('pending', 'sending')"),
        postgresql_where=sa.text("state IN ('pending', 'sending')"),
    )
    op.create_table(
        "digest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("scheduled_at", INSTANT, nullable=False),
        sa.Column("last_hit_id", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_digest"),
        sa.UniqueConstraint("channel", "scheduled_at", name="uq_digest_channel_scheduled_at"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "host",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("not_before", INSTANT),
        sa.Column("pause_reason", sa.Text()),
        sa.Column("lease_owner", sa.Text()),
        sa.Column("leased_until", INSTANT),
        sa.PrimaryKeyConstraint("key", name="pk_host"),
    )
    op.create_table(
        "sentence",
        sa.Column("k", sa.BigInteger(), nullable=False),
        sa.Column("article_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("k", "article_id", name="pk_sentence"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "source",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("section", sa.Text()),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("every_s", sa.Integer()),
        sa.Column("interval_s", sa.Integer(), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("claimed_by", sa.Text()),
        sa.Column("lapses", sa.Integer(), nullable=False),
        sa.Column("etag", sa.Text()),
        sa.Column("last_modified", sa.Text()),
        sa.Column("body_hash", sa.Text()),
        sa.Column("cursor", sa.JSON(), nullable=False),
        sa.Column("last_keys", sa.LargeBinary()),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("last_polled_at", INSTANT),
        sa.Column("last_success_at", INSTANT),
        sa.Column("last_new_at", INSTANT),
        sa.Column("last_status", sa.Integer()),
        sa.Column("last_error", sa.Text()),
        sa.Column("polls", sa.Integer(), nullable=False),
        sa.Column("discovered", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_source"),
    )
    op.create_index("ix_source_due", "source", ["active", "due_at"])
    op.create_index("ix_source_host", "source", ["host"])
    op.create_table(
        "story",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("canonical_id", sa.Integer()),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_story"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "tally",
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("source_id", "outcome", name="pk_tally"),
    )
    op.create_table(
        "article",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("canonical_url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("deck", sa.Text()),
        sa.Column("headings", sa.JSON(), nullable=False),
        sa.Column("language", sa.Text()),
        sa.Column("script", sa.Text()),
        sa.Column("authors", sa.JSON(), nullable=False),
        sa.Column("editors", sa.JSON(), nullable=False),
        sa.Column("declared_source", sa.Text()),
        sa.Column("publisher", sa.Text()),
        sa.Column("published", sa.JSON()),
        sa.Column("keywords", sa.JSON(), nullable=False),
        sa.Column("flags", sa.JSON(), nullable=False),
        sa.Column("removed", sa.JSON(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("sketch_version", sa.Text(), nullable=False),
        sa.Column("fetched_at", INSTANT, nullable=False),
        sa.Column("first_seen_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name="fk_article_story_id_story"),
        sa.PrimaryKeyConstraint("id", name="pk_article"),
        sa.UniqueConstraint("key", name="uq_article_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_article_content_hash", "article", ["content_hash"])
    op.create_index("ix_article_first_seen_at", "article", ["first_seen_at"])
    op.create_index("ix_article_source", "article", ["source_id", "id"])
    op.create_index("ix_article_story", "article", ["story_id", "id"])
    op.create_index("ix_article_url", "article", ["url"])
    op.create_table(
        "poll",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("polled_at", INSTANT, nullable=False),
        sa.Column("status", sa.Integer()),
        sa.Column("error", sa.Text()),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("skipped", sa.Integer(), nullable=False),
        sa.Column("overlap", sa.Integer()),
        sa.Column("bytes_read", sa.Integer(), nullable=False),
        sa.Column("duration_s", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_poll_source_id_source"),
        sa.PrimaryKeyConstraint("id", name="pk_poll"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_poll_source", "poll", ["source_id", "id"])
    op.create_table(
        "edge",
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["from_id"], ["article.id"], name="fk_edge_from_id_article"),
        sa.ForeignKeyConstraint(["to_id"], ["article.id"], name="fk_edge_to_id_article"),
        sa.PrimaryKeyConstraint("from_id", "to_id", name="pk_edge"),
    )
    op.create_index("ix_edge_to_id", "edge", ["to_id"])
    op.create_table(
        "fingerprint",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("sketch", sa.LargeBinary()),
        sa.Column("bands", sa.LargeBinary(), nullable=False),
        sa.Column("sentences", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_fingerprint_article_id_article"),
        sa.PrimaryKeyConstraint("article_id", name="pk_fingerprint"),
    )
    op.create_table(
        "hit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("spans", sa.JSON(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_hit_article_id_article"),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name="fk_hit_story_id_story"),
        sa.PrimaryKeyConstraint("id", name="pk_hit"),
        sa.UniqueConstraint("rule", "story_id", "token", name="uq_hit_rule_story_id_token"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_hit_article_id", "hit", ["article_id"])
    op.create_index("ix_hit_rule", "hit", ["rule", "id"])
    op.create_index("ix_hit_story_id", "hit", ["story_id"])
    op.create_table(
        "item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("published", sa.JSON()),
        sa.Column("authors", sa.JSON(), nullable=False),
        sa.Column("version", sa.Text()),
        sa.Column("payload", sa.LargeBinary()),
        sa.Column("payload_type", sa.Text()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text()),
        sa.Column("detail", sa.Text()),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_by", sa.Text()),
        sa.Column("lapses", sa.Integer(), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("discovered_at", INSTANT, nullable=False),
        sa.Column("settled_at", INSTANT),
        sa.Column("article_id", sa.Integer()),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_item_article_id_article"),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_item_source_id_source"),
        sa.PrimaryKeyConstraint("id", name="pk_item"),
        sa.UniqueConstraint("key", name="uq_item_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_item_article_id", "item", ["article_id"])
    op.create_index(
        "ix_item_claimed",
        "item",
        ["host"],
        sqlite_where=sa.text("claimed_by IS NOT NULL"),
        postgresql_where=sa.text("claimed_by IS NOT NULL"),
    )
    op.create_index(
        "ix_item_due",
        "item",
        ["state", "host", "due_at"],
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_index("ix_item_source", "item", ["source_id", "id"])
    op.create_index("ix_item_state", "item", ["state", "id"])
    op.create_index("ix_item_url", "item", ["url"])
    op.create_table(
        "mention",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("surface", sa.Text(), nullable=False),
        sa.Column("version", sa.Text()),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_mention_article_id_article"),
        sa.PrimaryKeyConstraint("article_id", "field", "start", "stop", "entity", name="pk_mention"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_mention_entity", "mention", ["entity", "article_id"])
    op.create_table(
        "revision",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("published", sa.JSON()),
        sa.Column("fetched_at", INSTANT, nullable=False),
        sa.Column("replaced_at", INSTANT, nullable=False),
        sa.Column("evidence", sa.JSON()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_revision_article_id_article"),
        sa.PrimaryKeyConstraint("article_id", "number", name="pk_revision"),
    )
    op.create_table(
        "delivery_hit",
        sa.Column("hit_id", sa.Integer(), nullable=False),
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["delivery_id"], ["delivery.id"], name="fk_delivery_hit_delivery_id_delivery"),
        sa.ForeignKeyConstraint(["hit_id"], ["hit.id"], name="fk_delivery_hit_hit_id_hit"),
        sa.PrimaryKeyConstraint("hit_id", "delivery_id", name="pk_delivery_hit"),
        sqlite_with_rowid=False,
    )
