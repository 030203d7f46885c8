"""What response headers say, and which request headers may be set.

Pure; header values are text from outside and never raise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from storage.records import Validators

__all__ = ["conditions", "kept_validators", "max_age_of", "own_headers", "renewed_validators"]

_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?([0-9]{1,10})", re.IGNORECASE)
_NEVER_FRESH = re.compile(r"(?:^|[,\s])no-(?:cache|store)(?:$|[,\s=])", re.IGNORECASE)
_LONGEST_S = 31 * 86_400
_MAX_VALIDATOR = 1_024
_OURS = frozenset({"host", "connection", "content-length", "transfer-encoding", "accept-encoding", "te", "upgrade"})


def max_age_of(cache_control: str | None) -> int | None:
    """Return the seconds that Cache-Control calls a response fresh, at most 31 days; None where it does not."""
    if not cache_control or _NEVER_FRESH.search(cache_control):
        return None
    match = _MAX_AGE.search(cache_control)
    return min(int(match[1]), _LONGEST_S) if match else None


def kept_validators(headers: Mapping[str, str]) -> Validators:
    """Return ETag and Last-Modified verbatim; none at all beside ``Expires: 0``, as miniflux does.

    Servers that say so change the body and not the validators.
    """
    if headers.get("expires", "").strip() == "0":
        return Validators()
    return Validators(etag=_validator(headers.get("etag")), last_modified=_validator(headers.get("last-modified")))


def renewed_validators(headers: Mapping[str, str], sent: Validators) -> Validators:
    """Return what to ask with after a 304: what it names anew, else what was sent."""
    if headers.get("expires", "").strip() == "0":
        return Validators()
    kept = kept_validators(headers)
    return Validators(etag=kept.etag or sent.etag, last_modified=kept.last_modified or sent.last_modified)


def conditions(validators: Validators) -> dict[str, str]:
    """Return the request headers that ask for a change only (RFC 9110, section 13.1)."""
    named = {"if-none-match": validators.etag, "if-modified-since": validators.last_modified}
    return {name: value for name, value in named.items() if value}


def own_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Return the headers that a caller may set, names in lower case; the framing of a request is not its to say."""
    return {name.lower(): value for name, value in headers.items() if name.lower() not in _OURS}


def _validator(value: str | None) -> str | None:
    return value if value and value.isascii() and value.isprintable() and len(value) <= _MAX_VALIDATOR else None
