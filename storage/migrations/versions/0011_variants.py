"""Mentions: the words of a sub-model that the name shows; not known of what was tagged before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("mention", sa.Column("variant", sa.Text()))
