"""Reviews of boundaries: neighbourhoods are merged, split, or given to another team on a day.

A unit never moves: neighbourhoods close, others open under a team, and everything that hangs on the closed
ones is carried over line by line in the same transaction. Nothing is lost by default. A neighbourhood has no
duty of its own, so that no figure of a team or an area changes.

Source: HMIC, Bedfordshire Police inspection report, September 2008: 88 neighbourhoods, reduced from 150.
"""
