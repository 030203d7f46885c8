"""Securities named by their codes."""

from __future__ import annotations

import pytest

from monitor.dedupe.codes import other_codes


@pytest.mark.parametrize(
    ("a", "b", "codes"),
    [
        pytest.param("比亚迪（002594）公告", "隆基绿能（601012）公告", (("002594", "601012"),), id="in brackets"),
        pytest.param(
            "东方财富（SZ 300059，收盘价", "宁德时代（SZ 300750，收盘价", (("300059", "300750"),), id="market"
        ),
        pytest.param("证券代码：600519", "证券代码: 000858", (("600519", "000858"),), id="labelled"),
        pytest.param("腾讯控股00700.HK涨", "小米集团01810.HK涨", (("00700", "01810"),), id="suffix"),
        pytest.param(
            "Nvidia (NASDAQ: NVDA) said", "Salesforce (NYSE: CRM) said", (("NVDA", "CRM"),), id="ticker symbols"
        ),
        pytest.param("比亚迪（002594）", "比亚迪（002594）与隆基绿能（601012）", (), id="one in common"),
        pytest.param("三六零(601360.SH,下称360)", "三六零(601366.SH,下称360)", (), id="the code of one name corrected"),
        pytest.param("比亚迪（002594）公告", "比亚迪公告", (), id="on one side only"),
        pytest.param("共有300059人（2023年）", "共有300750人（2024年）", (), id="no codes"),
        pytest.param("", "", (), id="empty"),
    ],
)
def test_texts_about_other_securities_are_told_apart(a: str, b: str, codes: tuple[tuple[str, str], ...]) -> None:
    assert other_codes(a, b) == codes
    assert other_codes(b, a) == tuple((right, left) for left, right in codes)
