"""The service's own web address on loopback."""
