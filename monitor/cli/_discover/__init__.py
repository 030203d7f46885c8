"""What the commands of ``newswatch discover`` do; the commands themselves are in ``monitor.cli.discover``."""
