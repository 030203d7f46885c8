"""What every worker needs in memory, loaded once in the process that workers are forked from.

Reading an article once loads the parsers, the catalogue and the dictionary: 2 s of CPU and 100 MB that no worker then
needs of its own.
"""

import gc

import monitor.sources._feed
import monitor.sources._listing  # noqa: F401
from monitor.read.reading import read

_PARAGRAPH = "<p>文心一言已经完成备案，面向公众开放。</p>"
_ARTICLE = f"<html><body><article><h1>大模型</h1>{_PARAGRAPH * 40}</article></body></html>"

read(_ARTICLE.encode(), url="https://example.org/", content_type="text/html; charset=utf-8")
gc.freeze()  # a collection in a worker would copy the pages it shares
