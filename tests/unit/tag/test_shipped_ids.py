"""The ids of the shipped entities, read without the rest."""

from pathlib import Path

from monitor.tag.catalogue import load_catalogue, shipped_ids


def test_they_are_those_of_the_whole_catalogue() -> None:
    assert shipped_ids() == {entity.id for entity in load_catalogue()}


def test_of_a_folder_without_files_there_are_none(tmp_path: Path) -> None:
    assert shipped_ids(tmp_path) == frozenset()
