"""Names that nobody wants proposed, and those that somebody wants again."""

from __future__ import annotations

import shlex
from typing import Any

from sqlalchemy.orm import Session

from monitor.cli._discover.question import Question, named, quoted
from monitor.cli._options import fail, writing
from monitor.cli._table import plain, print_json, print_lines
from monitor.cli._tracked import tracked
from monitor.discovery import find
from monitor.tag.discover_ranking import Proposal
from storage import sightings

__all__ = ["dismiss", "restore"]


def dismiss(question: Question, name: str, note: str | None) -> None:
    """Note that a proposal is none, and say how to take that back."""
    catalogue = tracked(question.config)

    def act(session: Session) -> None:
        sightings.dismiss(session, (gone.kind, gone.key), gone.name, note=note, now=question.now)

    with writing(question.config, question.data) as store:
        with store.read() as session:  # the service writes while names are counted
            gone = named(session, question, catalogue, name).proposal
        store.write(act)
    undo = f"newswatch discover restore {shlex.quote(plain(gone.name))}{question.again}"
    if question.as_json:
        return print_json(_document(gone) | {"note": note, "dismissed": True, "undo": [undo]})
    return print_lines([f"{gone.name} ({gone.kind}) is proposed no more.", f"Undo: {undo}"])


def restore(question: Question, name: str) -> None:
    """Take a dismissal back."""
    catalogue = tracked(question.config)

    with writing(question.config, question.data) as store:
        with store.read() as session:
            found = find(session, catalogue, question.window, name, kind=question.kind).dismissed
        if len(found) == 1:
            store.write(lambda s: sightings.restore(s, (found[0].kind, found[0].key)))
    if len(found) > 1:
        fail(f"{quoted(name)} was dismissed as a model and as a regulation; choose one with --kind", 2)
    if not found:
        fail(f"{quoted(name)} was not dismissed. What was: newswatch discover --dismissed{question.again}")
    if question.as_json:
        return print_json(_document(found[0]) | {"note": found[0].note, "dismissed": False})
    return print_lines([f"{found[0].name} ({found[0].kind}) is proposed again when it is seen."])


def _document(one: Proposal | sightings.Dismissed) -> dict[str, Any]:
    return {"kind": one.kind, "key": one.key, "name": one.name}
