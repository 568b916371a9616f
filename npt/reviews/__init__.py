"""Monthly reviews: what is out of line in a unit's month and why, what is said of it and done about it.

Exceptions come first; each measure stands with the months before it and their limits; the units below are
compared with one another. A review is a matter, so that its actions are in the one register.
"""
