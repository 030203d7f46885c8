"""Groups whose story has grown since their last message are found by an index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

INSTANT = sa.String(length=27).with_variant(TIMESTAMP(timezone=True), "postgresql")
GROWN = sa.text("grown_at IS NOT NULL")
HAS_GROWN = """
UPDATE alert_group SET grown_at = told_at
WHERE articles < (
    SELECT count(*) FROM article JOIN hit ON article.story_id = hit.story_id WHERE hit.id = alert_group.hit_id
)
"""


def upgrade() -> None:
    op.add_column("alert_group", sa.Column("grown_at", INSTANT))
    op.create_index("ix_alert_group_hit_id", "alert_group", ["hit_id"])
    op.create_index("ix_alert_group_grown", "alert_group", ["told_at"], sqlite_where=GROWN, postgresql_where=GROWN)
    op.execute(HAS_GROWN)
