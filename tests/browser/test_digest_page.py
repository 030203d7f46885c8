"""The digest as a browser shows it: in its width, light and dark, with nothing fetched.

Needs Chromium (Debian: ``apt-get install chromium``). Without it the tests are left out, but in CI they must run.
"""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import zlib
from pathlib import Path

import pytest

from alerts.digest import compose
from alerts.render import render_digest
from tests.unit.alerts.samples import CHANGES, EVENT, HITS, KEYWORDS, NEW_NAMES, NOW, PAST, RULES, TOPICS, Counts

_BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-headless-shell", "google-chrome"))), None)
_PROBE = """<script>
const root = document.documentElement, found = [...document.querySelectorAll("*")];
root.style.width = location.hash.slice(1) + "px";
const wide = found.filter(e => e.getBoundingClientRect().right > root.clientWidth + 1).map(e => e.tagName);
const style = name => { const e = document.querySelector(name); return e ? getComputedStyle(e) : {}; };
root.dataset.wide = wide.join(" ");
root.dataset.column = Math.round(document.querySelector("h1").closest("table").getBoundingClientRect().width);
root.dataset.paper = style("body").backgroundColor;
root.dataset.ink = style("body").color;
root.dataset.mark = style(".mark").backgroundColor + " " + style(".mark").color;
root.dataset.fetched = performance.getEntriesByType("resource").length;
</script></body>"""

pytestmark = pytest.mark.skipif(_BROWSER is None and not os.environ.get("CI"), reason="no Chromium on this machine")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A digest of every kind of story, with a script at its end that notes what it looks like."""
    digest = compose(
        (*HITS, *EVENT, *CHANGES),
        Counts(),
        rules=RULES,
        until=NOW,
        since=NOW.replace(month=8, day=31),
        timezone="Asia/Shanghai",
        topics=TOPICS,
        keywords=KEYWORDS,
        past=PAST,
        new_names=NEW_NAMES,
    )
    path = tmp_path_factory.mktemp("page") / "digest.html"
    path.write_text(render_digest(digest, language="zh").html.replace("</body>", _PROBE), encoding="utf-8")
    return path


def _run(page: Path, *options: str, width: int = 600) -> str:
    """Run the browser on a page as wide as said; its own windows are 500 wide at least."""
    assert _BROWSER, "expected Chromium in CI: apt-get install chromium"
    profile = page.parent / "profile"
    command = [_BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run"]
    command += ["--disable-background-networking", f"--user-data-dir={profile}"]
    command += [f"--window-size={max(width, 500)},900", *options, f"{page.as_uri()}#{width}"]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=100).stdout


def _looks(page: Path, *options: str, width: int = 600) -> dict[str, str]:
    """Return what the script noted."""
    opening = _run(page, "--dump-dom", *options, width=width).partition(">")[2].partition(">")[0]
    pairs = (part.partition("=") for part in opening.split('" ') if "data-" in part)
    return {name.rpartition("data-")[2]: value.strip('"') for name, _, value in pairs}


def _light(colour: str) -> float:
    """Return the relative luminance of ``rgb(r, g, b)``; WCAG 2.2, "relative luminance"."""
    parts = [int(part) / 255 for part in colour[colour.index("(") + 1 : colour.index(")")].split(",")[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_light(one), _light(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("width", "column"), [(375, 359), (600, 584), (1200, 600)])
def test_digest_fits_the_window_and_is_600_wide_at_most(page: Path, width: int, column: int) -> None:
    looks = _looks(page, width=width)

    assert (looks["wide"], looks["column"]) == ("", str(column))


@pytest.mark.parametrize(("scheme", "is_dark"), [(1, False), (0, True)], ids=["light", "dark"])
def test_digest_follows_the_colour_scheme_and_is_legible(page: Path, scheme: int, is_dark: bool) -> None:
    looks = _looks(page, f"--blink-settings=preferredColorScheme={scheme}")
    mark, ink = looks["mark"].replace(") ", ")|").split("|")

    assert (_light(looks["paper"]) < _light(looks["ink"])) is is_dark
    assert _contrast(looks["paper"], looks["ink"]) >= 7  # WCAG 2.2, success criterion 1.4.6
    assert _contrast(mark, ink) >= 7


def test_digest_fetches_nothing(page: Path) -> None:
    assert _looks(page)["fetched"] == "0"


@pytest.mark.parametrize(("scheme", "most"), [(1, 255), (0, 60)], ids=["light", "dark"])
def test_screenshot_is_of_the_scheme(page: Path, scheme: int, most: int) -> None:
    picture = page.parent / f"{scheme}.png"

    _run(page, f"--screenshot={picture}", f"--blink-settings=preferredColorScheme={scheme}")

    corner = _corner(picture.read_bytes())
    assert max(corner) <= most
    assert scheme == 0 or min(corner) > 230


def _corner(png: bytes) -> tuple[int, int, int]:
    """Return the first pixel of a PNG of 8 bits a channel: every filter leaves that of the first row as it is."""
    body = b"".join(_data(png))
    row = zlib.decompress(body)
    return row[1], row[2], row[3]


def _data(png: bytes) -> list[bytes]:
    at, found = 8, []
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            found.append(png[at + 8 : at + 8 + length])
        at += 12 + length
    return found
