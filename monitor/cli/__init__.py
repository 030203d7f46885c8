"""The command line: one file a command.

A command is a module with a function of its own name (``feed.py``: ``def feed(...)``), or with a group of commands of
that name (``sources.py``: ``sources = typer.Typer(...)``). ``monitor.__main__`` finds the modules by scanning; names
that start with ``_`` are shared parts. Heavy modules are imported in the bodies.
"""
