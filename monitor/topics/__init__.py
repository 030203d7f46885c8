"""Stories that tell of one event in their own words, grouped for display: never merged, never kept from an alert."""

from monitor.topics.keywords import with_keywords
from monitor.topics.settle import REMEMBERED, settle, settle_again

__all__ = ["REMEMBERED", "settle", "settle_again", "with_keywords"]
