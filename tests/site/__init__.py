"""A news site on loopback whose every answer is scripted: see ``tests.site.server``."""

from tests.site.server import Answer, Seen, Site

__all__ = ["Answer", "Seen", "Site"]
