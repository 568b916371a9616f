"""The structure of a force, and how it changes.

A *unit* is a node of that structure: the *force*; its *basic command units* (BCU); the inspector-led
neighbourhood *areas* (ILNA) of a BCU; the safer neighbourhood *teams* (SNT) of an area; and the
*neighbourhoods* that a team covers. A neighbourhood has a *priority class* from 1 (densest, highest demand,
most cover) to 4.

A unit never moves. A merge, a split or a transfer closes units on a date, their last day, and opens
*successors* linked to them, so that a month is always read in the structure of that month.

Source: HMIC, Bedfordshire Police inspection report, September 2008, "Neighbourhoods are appropriately
staffed": 2 BCUs, 10 areas, 35 teams, 88 neighbourhoods, reduced from 150 in a year.
"""
