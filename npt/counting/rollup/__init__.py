"""The roll-up: what every unit, role and month add up to, kept so that no page adds up history again.

triggers notes whose sums are due, settle adds them up before a commit by the statements, read gives them
to pages; sums says what a sum is, and adds up the shifts themselves.
"""
