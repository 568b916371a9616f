"""Questions about measures."""
