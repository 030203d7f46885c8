from pathlib import Path
from typing import Any

import pytest

from alerts.channels import Message, Sent
from alerts.channels.file import Settings, send
from tests.contract.receivers import LoopbackPort

KEY = "0123456789abcdef" * 4


def _settings(**changes: Any) -> Settings:
    return Settings.model_validate({"id": "folder", "kind": "file", **changes})


def _message(markdown: str = "# 摘要\n", **data: Any) -> Message:
    return Message(subject="s", text="t", markdown=markdown, html="<p>摘要</p>", data={"date": "2026-09-01", **data})


async def _send(folder: Path, settings: Settings, message: Message, key: str = KEY) -> Sent:
    result = await send(settings, message, key, LoopbackPort(folder))
    assert isinstance(result, Sent)
    return result


@pytest.mark.anyio
async def test_digest_is_a_file_named_by_date_and_key(tmp_path: Path) -> None:
    result = await _send(tmp_path, _settings(), _message())

    path = tmp_path / "digests" / "2026-09-01-0123456789ab.md"
    assert path.read_text(encoding="utf-8") == "# 摘要\n"
    assert result.detail == str(path)


@pytest.mark.anyio
async def test_same_key_is_the_same_file_and_leaves_nothing_else(tmp_path: Path) -> None:
    await _send(tmp_path, _settings(), _message("first"))
    await _send(tmp_path, _settings(), _message("second"))

    assert [(p.name, p.read_text()) for p in (tmp_path / "digests").iterdir()] == [
        ("2026-09-01-0123456789ab.md", "second")
    ]


@pytest.mark.anyio
async def test_draft_of_a_crash_is_overwritten(tmp_path: Path) -> None:
    folder = tmp_path / "digests"
    folder.mkdir()
    (folder / ".2026-09-01-0123456789ab.md.tmp").write_text("half of a dig")

    await _send(tmp_path, _settings(), _message("whole"))

    assert [p.name for p in folder.iterdir()] == ["2026-09-01-0123456789ab.md"]


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("settings", "name", "content"),
    [
        pytest.param({"format": "html"}, "digests/2026-09-01-0123456789ab.html", "<p>摘要</p>", id="html"),
        pytest.param({"path": "out/daily"}, "out/daily/2026-09-01-0123456789ab.md", "# 摘要\n", id="nested path"),
    ],
)
async def test_format_and_path(tmp_path: Path, settings: dict[str, str], name: str, content: str) -> None:
    await _send(tmp_path, _settings(**settings), _message())

    assert (tmp_path / name).read_text(encoding="utf-8") == content


@pytest.mark.anyio
async def test_absolute_path_is_taken_as_it_is(tmp_path: Path) -> None:
    await _send(tmp_path / "data", _settings(path=str(tmp_path / "elsewhere")), _message())

    assert len(list((tmp_path / "elsewhere").iterdir())) == 1


@pytest.mark.anyio
@pytest.mark.parametrize("date", [None, 5, "../../etc", "2026-09-01/../x", "２０２６-09-01"])
async def test_date_that_is_none_does_not_become_a_path(tmp_path: Path, date: object) -> None:
    await _send(tmp_path, _settings(), _message(date=date))

    assert [p.name for p in (tmp_path / "digests").iterdir()] == ["undated-0123456789ab.md"]
