"""A small catalogue that queries name things of."""

from __future__ import annotations

from collections.abc import Collection

from storage.fold import name_key

_CALLED = {
    "model:qwen": ("Qwen", "通义千问"),
    "model:tongyi": ("通义千问",),
    "model:gpt": ("GPT",),
    "regulation:measures": ("生成式人工智能服务管理暂行办法", "暂行办法"),
    "drug:semaglutide": ("司美格鲁肽",),
}
_VENDORS = {"阿里": ("model:qwen", "model:tongyi"), "OpenAI": ("model:gpt",)}


class SmallCatalogue:
    """Five entities of three kinds, one of them the user's own."""

    def kinds(self) -> Collection[str]:
        return ("model", "regulation", "drug")

    def resolve(self, kind: str | None, written: str) -> tuple[str, ...]:
        key = name_key(written)
        known = [entity for entity in _CALLED if kind is None or entity.startswith(f"{kind}:")]
        if written.endswith("*"):
            return (f"{kind}:{written}",) if any(one.startswith(f"{kind}:{written[:-1]}") for one in known) else ()
        names = {entity: (entity, entity.partition(":")[2], *_CALLED[entity]) for entity in known}
        return tuple(entity for entity, called in names.items() if key in map(name_key, called))

    def vendors(self, written: str) -> tuple[str, ...]:
        return _VENDORS.get(written, ())

    def sources(self, glob: str) -> tuple[str, ...]:
        return ("wire",) if glob == "电讯社" else ()

    def suggestions(self, kind: str | None, written: str) -> tuple[str, ...]:
        return ("qwen",) if written.startswith("qw") else ()
