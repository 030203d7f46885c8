"""Tagging: names of tracked entities in texts."""
