from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Store, open_store
from tests.unit.alerts.samples import NOW


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path / "newswatch.db", now=lambda: NOW)
    yield store
    store.close()
