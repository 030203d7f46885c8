"""Fetching: the only part of the program that speaks HTTP outward.

* ``client.Fetcher``: one GET or POST inside every bound; answers with a value, never an exception.
* ``robots.Robots``: what a site's robots.txt permits. ``pace``: when to come again (pure).
* ``guard``: which addresses may be connected to. ``decode``: content codings inside bounds. ``headers``,
  ``redirects``, ``failures``: what a response says. ``transport``: connections.

Nothing is imported here, so that asking ``pace`` costs no HTTP library.
"""
