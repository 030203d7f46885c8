"""What to say, to whom, and when. Imports only ``storage``."""
