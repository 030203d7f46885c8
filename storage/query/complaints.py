"""What the grammar did not expect, in the words of a user: no name of a terminal, no list of all that may follow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from storage.query.errors import QueryError

if TYPE_CHECKING:
    from lark import UnexpectedInput

__all__ = ["complaint"]

_QUOTES = '"“”„＂「『'
_TO_SEARCH = "to search for it, put it in quotes"
_SIGNS = {
    "-": ("expected a word right behind -", "write -word, or put the sign in quotes with its words"),
    "/": ("expected a / that closes the regular expression", "to search for the sign, put it in quotes"),
    ":": ("expected a field before the colon", "to search for the words, put them in quotes"),
    "&": ("expected && between two conditions", "a space between two words means both"),
}
_SAME = {"－": "-", "−": "-", "／": "/", "：": ":", "＆": "&"}
_OPERATORS = {
    "AND": ("expected a condition before {found}", _TO_SEARCH),
    "OR": ("expected a condition before {found}", _TO_SEARCH),
    "NEAR": ("expected one phrase on each side of {found}", "such as 大模型 近 监管 or rules NEAR/5 model"),
    "_COMMA": ("a comma stands only between the values of a field", "a space means both words, OR means either"),
    "COMPARED": ("expected count( before this comparison", "such as count(model:NAME)>=2"),
}
_COUNT = ("expected count(model:NAME)>=NUMBER", "numbers are whole; the comparisons are >=, >, =, < and <=")


def complaint(error: UnexpectedInput, text: str, open_at: Sequence[int]) -> QueryError:
    """Return what is wrong; ``open_at`` are the columns of the parentheses that are open, the innermost last."""
    token = getattr(error, "token", None)
    if token is None:
        at = int(error.pos_in_stream or 0)
        return QueryError(*_of_sign(text, at))
    expected: set[str] = set(getattr(error, "expected", ()))
    if token.type == "$END":
        return _of_end(text, open_at, expected)
    column = int(token.start_pos) + 1
    if "COMPARED" in expected and "_CLOSE" not in expected:
        return QueryError(_COUNT[0], column, _COUNT[1])
    if token.type == "COMPARED" and text[: column - 1].rstrip().endswith(("(", "（")):
        return QueryError(_COUNT[0], column, "a name stands in the parentheses")
    if token.type == "_CLOSE":
        return _of_close(column, is_open=bool(open_at))
    message, hint = _OPERATORS.get(token.type, ("{found} cannot stand here", _TO_SEARCH))
    return QueryError(message.format(found=str(token).strip()[:20]), column, hint)


def _of_sign(text: str, at: int) -> tuple[str, int, str]:
    """Return what to say of a sign with which nothing can begin."""
    sign = text[at]
    if sign in _QUOTES:
        return "the quote that opens here is not closed", at + 1, "close it, or leave it out"
    message, hint = _SIGNS.get(_SAME.get(sign, sign), (f"{sign!r} cannot stand here", _TO_SEARCH))
    return message, at + 1, hint


def _of_end(text: str, open_at: Sequence[int], expected: set[str]) -> QueryError:
    end = len(text.rstrip()) + 1
    if "COMPARED" in expected and "_CLOSE" not in expected:
        return QueryError(_COUNT[0], end, _COUNT[1])
    if open_at and "_CLOSE" in expected:
        return QueryError("the parenthesis that opens here is not closed", open_at[-1], "add ) where it ends")
    return QueryError("expected a condition where the query ends", end, "an operator or a field wants one behind it")


def _of_close(column: int, *, is_open: bool) -> QueryError:
    if not is_open:
        return QueryError("expected ( before this )", column, "leave it out, or put it in quotes")
    return QueryError("expected a condition before )", column, "an operator or a field wants one behind it")
