"""The roster in full: blocks of members and days changed in one go, with the effect in view, and taken back.

A *block* is any choice of members and days of a unit's roster. What is done to it is one *roster act*: it is
saved whole or not at all, and can be undone exactly as long as nobody has changed what it left behind.

Source: none; HMIC's report of September 2008 is silent on rosters, so these rules are ours. What a shift is,
and to whom it counts, is said in `npt.shifts`.
"""
