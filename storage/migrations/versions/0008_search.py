"""A full-text index, empty: the service fills it beside its work, the newest articles first. Articles by publisher."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

INDEX = {
    "sqlite": ("CREATE VIRTUAL TABLE article_fts USING fts5(title, body, content='', columnsize=0, tokenize='ascii')",),
    "postgresql": (
        "CREATE TABLE search_chunk (article_id BIGINT NOT NULL, number INTEGER NOT NULL, tokens TSVECTOR NOT NULL, "
        "CONSTRAINT pk_search_chunk PRIMARY KEY (article_id, number))",
        "CREATE INDEX ix_search_chunk_tokens ON search_chunk USING gin (tokens)",
    ),
}


def upgrade() -> None:
    op.create_table(
        "search_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("from_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_search_state"),
    )
    op.create_index("ix_article_publisher", "article", ["publisher", "id"])
    for statement in INDEX[op.get_bind().dialect.name]:
        op.execute(statement)
