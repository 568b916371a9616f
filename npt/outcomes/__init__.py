"""What came of a problem: before and after, assessment, closing, score, and what went on meanwhile."""
