"""The rows of the near-copy index."""

from __future__ import annotations

from sqlalchemy import BigInteger
from sqlmodel import Field

from storage.columns import Bytes
from storage.row import PACKED, Row, table_of

__all__ = ["bands", "fingerprints", "sentences"]


class FingerprintRow(Row, table=True):
    """What an article put into the near-copy index, to take it out again. Keys are packed 64-bit integers."""

    __tablename__ = "fingerprint"

    article_id: int = Field(primary_key=True, foreign_key="article.id")
    sketch: bytes | None = Field(sa_type=Bytes)
    bands: bytes = Field(sa_type=Bytes)
    sentences: bytes = Field(sa_type=Bytes)


class BandRow(Row, table=True):
    """The near-copy index: one band of a canonical article's sketch."""

    __tablename__ = "band"
    __table_args__ = (PACKED,)

    k: int = Field(primary_key=True, sa_type=BigInteger)
    article_id: int = Field(primary_key=True, sa_type=BigInteger)


class SentenceRow(Row, table=True):
    """The near-copy index: one sentence of an article."""

    __tablename__ = "sentence"
    __table_args__ = (PACKED,)

    k: int = Field(primary_key=True, sa_type=BigInteger)
    article_id: int = Field(primary_key=True, sa_type=BigInteger)


fingerprints = table_of(FingerprintRow)
bands = table_of(BandRow)
sentences = table_of(SentenceRow)
