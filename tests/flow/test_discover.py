"""From a name that nobody tracks to its articles: seen in three sources, proposed, accepted, found in the past."""

from __future__ import annotations

import json
import signal
from pathlib import Path
from typing import Any

import pytest

from tests.flow.service import Service, wait_for

MODEL, RULE = "晓问大模型", "智能陪伴服务管理办法"
TEXTS = {
    "a/model.txt": (
        "启明科技发布新一代大模型",
        f"启明科技11月20日在北京发布“{MODEL}”，面向政务和教育场景，已经在三个城市开展试点，后续将开放接口。",
        "据介绍，训练语料来自公开出版物和合作机构，参数规模没有公布，竞争的重点正在转向落地和服务。",
    ),
    "a/rule.txt": (
        f"《{RULE}》公开征求意见",
        f"有关部门近日就《{RULE}（征求意见稿）》公开征求意见，对人工智能陪伴服务的提供者提出要求。",
        "征求意见稿提出，提供者应当显著提示用户正在与人工智能交互，并建立未成年人模式，定期评估算法风险。",
    ),
    "b/model.txt": (
        "多家企业接入国产大模型",
        f"记者了解到，已有十余家制造企业接入{MODEL}，用于质检报告的撰写与客户服务，效率提升了三成左右。",
        "专家提醒，企业在使用生成式人工智能时应当注意数据安全，避免把客户资料直接交给外部的服务。",
    ),
    "b/rule.txt": (
        "人工智能陪伴服务将有章可循",
        f"《{RULE}》拟于明年施行，专家解读称，办法首次界定了智能陪伴服务的范围，也给企业留出了过渡期。",
        "一位参与起草的学者表示，人工智能产品的拟人化程度越来越高，需要对情感依赖的风险作出安排。",
    ),
    "c/both.txt": (
        "曉問大模型通過備案",
        "主管機關公布最新一批通過備案的生成式人工智慧服務名單，曉問大模型在列，名單同時公布了服務的提供者。",
        "分析師指出，通過備案意味著該服務可以向公眾開放，但是仍須遵守《智能陪伴服務管理辦法》等後續規定。",
    ),
}


@pytest.fixture
def service(tmp_path: Path) -> Service:
    for name, lines in TEXTS.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    sources = [{"id": f"source-{name}", "kind": "folder", "path": str(tmp_path / name)} for name in "abc"]
    return Service(tmp_path, sources=sources)


def proposed(service: Service) -> dict[str, Any]:
    return {one["name"]: one for one in service.json("discover")["proposals"]}


def titles(service: Service, entity: str) -> set[str]:
    return {one["title"] for one in service.json("feed", "--entity", entity)["articles"]}


def test_a_user_tracks_what_the_sources_began_to_speak_of(service: Service) -> None:
    with service.start("--once") as process:
        assert process.ended() == 0, process.errors

    found = proposed(service)
    assert {name: (one["kind"], one["sources"], one["stories"]) for name, one in found.items()} == {
        "晓问": ("model", 3, 3),
        RULE: ("regulation", 3, 3),
    }
    told = service.digests()

    accepted = service.json("discover", "accept", MODEL, "--id", "xiaowen", "--vendor", "启明科技", "--yes")

    assert (accepted["written"], accepted["named"], accepted["service"]) == (True, 3, None)
    (watched,) = json.loads(service.path.read_text("utf-8"))["watch"]
    assert (watched["id"], watched["vendor"]) == ("model:xiaowen", "启明科技")
    assert titles(service, "model:xiaowen") == {TEXTS[name][0] for name in ("a/model.txt", "b/model.txt", "c/both.txt")}
    assert list(proposed(service)) == [RULE]
    assert "tracked as model:xiaowen" in service.ask("discover", "曉問").stderr
    assert service.digests() == told, "the past alerts nobody"


def test_a_running_service_takes_up_what_is_accepted(service: Service) -> None:
    with service.start() as process:
        process.wait_for(lambda: sum(e["event"] == "read" for e in process.events()) == len(TEXTS), "five articles")

        accepted = service.json("discover", "accept", RULE, "--id", "companion", "--yes")

        assert (accepted["service"], accepted["is_reloading"], accepted["named"]) == (process.pid, True, None)
        wait_for(lambda: len(titles(service, "regulation:companion")) == 3, "articles tagged again")
        process.signal(signal.SIGTERM)
        assert process.ended() == 0
