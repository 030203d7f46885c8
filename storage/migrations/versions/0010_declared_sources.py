"""Articles by the source that they declare: queries name it."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_article_declared_source", "article", ["declared_source", "id"])
