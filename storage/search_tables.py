"""The full-text index as it lies in each database, and how far it reaches.

SQLite: a contentless FTS5 table of the tokens, which its ``ascii`` tokeniser takes as they are: it parts at blanks, and
whatever is not ASCII belongs to a word. PostgreSQL: chunks of tokens as tsvectors that its parsers never see. Neither
table refers to articles, for neither is a table that SQLAlchemy knows of on both.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Integer, MetaData, Table, column, table, text
from sqlalchemy.types import UserDefinedType
from sqlmodel import Field

from storage.columns import PlainText
from storage.row import Row, table_of

__all__ = ["FTS", "TsQuery", "TsVector", "chunks", "create_index", "fts", "search_states"]

FTS = "article_fts"

_CREATE = {
    "sqlite": (f"CREATE VIRTUAL TABLE {FTS} USING fts5(title, body, content='', columnsize=0, tokenize='ascii')",),
    "postgresql": (
        "CREATE TABLE search_chunk (article_id BIGINT NOT NULL, number INTEGER NOT NULL, tokens TSVECTOR NOT NULL, "
        "CONSTRAINT pk_search_chunk PRIMARY KEY (article_id, number))",
        "CREATE INDEX ix_search_chunk_tokens ON search_chunk USING gin (tokens)",
    ),
}


class SearchStateRow(Row, table=True):
    """How far the full-text index reaches; one row at most, none while the index is empty."""

    __tablename__ = "search_state"

    id: int = Field(primary_key=True)
    version: str = Field(sa_type=PlainText)  # of the tokens in the index
    from_id: int = Field(sa_type=BigInteger)  # all articles from here on are in the index, none before


class TsVector(UserDefinedType[str]):
    """The tokens of a chunk, in PostgreSQL."""

    cache_ok = True

    def get_col_spec(self, **_options: Any) -> str:
        """Return the name of the type."""
        return "TSVECTOR"


class TsQuery(UserDefinedType[str]):
    """A question about the tokens of a chunk, in PostgreSQL."""

    cache_ok = True

    def get_col_spec(self, **_options: Any) -> str:
        """Return the name of the type."""
        return "TSQUERY"


search_states = table_of(SearchStateRow)
fts = table(FTS, column("rowid", Integer), column(FTS), column("title"), column("body"))
chunks = Table(
    "search_chunk",
    MetaData(),
    Column("article_id", BigInteger, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("tokens", TsVector()),
)


def create_index(connection: Connection) -> None:
    """Make the empty index of the database that ``connection`` leads to."""
    for statement in _CREATE[connection.dialect.name]:
        connection.execute(text(statement))
