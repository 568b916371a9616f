"""Questions about problem records."""
