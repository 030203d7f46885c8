"""The near-copy index in partitions of time. It begins empty: keys of an earlier version do not compare."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SLOTS = 3


def upgrade() -> None:
    for table in ("band", "sentence", "fingerprint"):
        op.drop_table(table)
    op.create_table(
        "near_slot",
        sa.Column("slot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("period", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("slot", name="pk_near_slot"),
    )
    for slot in range(SLOTS):
        for kind in ("band", "sentence"):
            op.create_table(
                f"{kind}_{slot}",
                sa.Column("k", sa.BigInteger(), autoincrement=False, nullable=False),
                sa.Column("article_id", sa.BigInteger(), autoincrement=False, nullable=False),
                sa.PrimaryKeyConstraint("k", "article_id", name=f"pk_{kind}_{slot}"),
                sqlite_with_rowid=False,
            )
        op.create_table(
            f"fingerprint_{slot}",
            sa.Column("article_id", sa.Integer(), autoincrement=False, nullable=False),
            sa.Column("lead_id", sa.Integer()),
            sa.Column("sketch_version", sa.Text(), nullable=False),
            sa.Column("bands", sa.LargeBinary(), nullable=False),
            sa.Column("sentences", sa.LargeBinary(), nullable=False),
            sa.PrimaryKeyConstraint("article_id", name=f"pk_fingerprint_{slot}"),
        )
