"""What the commands of ``newswatch sources`` do; the commands themselves are in ``monitor.cli.sources``."""
