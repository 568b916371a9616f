"""Planned operations: a match, a festival, help for another force, and whom it takes off neighbourhood duty.

An *operation* belongs to a unit and runs on one or more *operation days*. It *asks* units under it for a
number of members of a role on each of its days; from those on shift then, the *candidates*, members are
*chosen*. Committing records their abstraction, cancelling takes exactly that back.

The HMIC report of 2008 names events and public order as what takes teams away from their neighbourhoods, and
gives no procedure for planning them: the rules here are ours.
"""
