"""Problem records: a problem scanned, analysed, responded to and assessed, by a team and its partners."""
