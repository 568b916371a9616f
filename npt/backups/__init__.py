"""Backups: every record of a moment in one file, checked before it counts as a backup, and the way back."""
