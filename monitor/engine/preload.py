"""What every worker needs in memory, loaded once in the process that workers are forked from."""

import datasketch  # noqa: F401
import lxml.html  # noqa: F401
import trafilatura  # noqa: F401

import monitor.read
import monitor.tag  # noqa: F401
