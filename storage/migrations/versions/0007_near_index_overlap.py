"""A slot of the near-copy index holds the window before its period, too. What is there holds its own period alone."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

PERIOD = timedelta(days=60)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
INSTANT = sa.String(length=27).with_variant(TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    connection = op.get_bind()
    is_text = connection.dialect.name != "postgresql"
    held = connection.execute(sa.text("SELECT slot, period FROM near_slot")).all()
    op.drop_table("near_slot")
    made = op.create_table(
        "near_slot",
        sa.Column("slot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("period", sa.Integer(), nullable=False),
        sa.Column("full_from", INSTANT, nullable=False),
        sa.Column("begun_at", INSTANT),
        sa.PrimaryKeyConstraint("slot", name="pk_near_slot"),
    )
    for row in held:
        start = EPOCH + row.period * PERIOD
        instant = f"{start:%Y-%m-%dT%H:%M:%S.%fZ}" if is_text else start
        filled = {"slot": row.slot, "period": row.period, "full_from": instant, "begun_at": instant}
        connection.execute(sa.insert(made), filled)
