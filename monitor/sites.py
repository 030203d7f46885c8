"""Which hosts belong to one registrant, as far as their names tell.

Pure, and without the list of public suffixes: two labels are a site, three below what countries register under, and one
more than the name of a service that gives names to strangers. A service that is not named here is one site.
"""

from __future__ import annotations

import re

from monitor.urls import host_of

__all__ = ["is_same_site", "site_of"]

_SECOND_LEVEL = frozenset(
    {
        "ac", "blogspot", "co", "com", "edu", "go", "gob", "gouv", "gov", "govt", "idv", "mil", "ne", "net", "nic",
        "or", "org",
    }
)  # fmt: skip
"""Labels under which countries register names: of example.com.cn three labels are the site, of example.cn two."""
_SHARED = frozenset(
    {
        "applinzi.com", "appspot.com", "azureedge.net", "azurestaticapps.net", "azurewebsites.net", "b-cdn.net",
        "beehiiv.com", "bitbucket.io", "blog.fc2.com", "blogspot.com", "cloudapp.net", "cloudfront.net",
        "codeberg.page", "coding.me", "deno.dev", "edgeone.app", "feishu.cn", "firebaseapp.com", "fly.dev",
        "framer.app", "ghost.io", "gitbook.io", "gitee.io", "github.dev", "github.io", "githubusercontent.com",
        "gitlab.io", "glitch.me", "hashnode.dev", "hatenablog.com", "hatenablog.jp", "herokuapp.com", "hf.space",
        "livedoor.blog", "lofter.com", "medium.com", "myshopify.com", "netlify.app", "ngrok-free.app", "ngrok.app",
        "ngrok.io", "notion.site", "onrender.com", "pages.dev", "pixnet.net", "r2.dev", "railway.app", "readthedocs.io",
        "replit.app", "sinaapp.com", "squarespace.com", "statuspage.io", "streamlit.app", "substack.com", "supabase.co",
        "surge.sh", "tcloudbaseapp.com", "tistory.com", "trafficmanager.net", "tumblr.com", "typepad.com", "vercel.app",
        "vercel.dev", "web.app", "webflow.io", "weebly.com", "wikidot.com", "wixsite.com", "wordpress.com",
        "workers.dev", "write.as", "xlog.app", "zeabur.app",
    }
)  # fmt: skip
"""Services that give names of their own to strangers, directly below these."""
_WIDE = frozenset({"aliyuncs.com", "amazonaws.com", "myqcloud.com", "run.app", "windows.net"})
"""Services that put regions in between: every host below these is a site of its own."""
_ADDRESS = re.compile(r"[0-9.]+|\[[0-9a-f:.]*\]|[0-9a-f.]*:[0-9a-f:.]*:[0-9a-f:.]*")
_PORT = re.compile(r":[0-9]*$")


def site_of(host: str) -> str:
    """Return the registrable name of a host, without its port: ``example.com.cn`` of ``m.news.example.com.cn:81``.

    An IP address is its own site. The ``www.`` of a name that other names are registered under says nothing
    (``gov.cn`` of ``www.gov.cn``).
    """
    name = host.lower() if _ADDRESS.fullmatch(host.lower()) else _PORT.sub("", host.lower())
    if _ADDRESS.fullmatch(name):
        return name
    labels = name.split(".")
    site = labels[-_length(labels) :] if len(labels) > 2 else labels
    return ".".join(site[1:] if len(site) > 2 and site[0] == "www" else site)


def is_same_site(a: str, b: str) -> bool:
    """Say whether two web addresses belong to one registrant; raise ValueError for what is no address."""
    return site_of(host_of(a)) == site_of(host_of(b))


def _length(labels: list[str]) -> int:
    """Return how many labels at the end are the site."""
    ends = {size: ".".join(labels[-size:]) for size in range(2, len(labels))}
    if not _WIDE.isdisjoint(ends.values()):
        return len(labels)
    shared = [size + 1 for size, end in ends.items() if end in _SHARED]
    if shared:
        return max(shared)
    return 3 if len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL else 2
