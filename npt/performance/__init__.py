"""How much of the neighbourhood teams' time was taken from them, month by month, and by what.

The *abstraction rate* of a unit and a group of roles is the minutes taken away from the neighbourhood role
over the minutes on duty, under a named *definition*; *coverage* is the share of its shifts that lie on days a
supervisor has confirmed. The *month* brings rates, staffing and reasons of a unit and its parts together, in
the structure that the force had in that month.

Source: HMIC, Bedfordshire Police inspection report, September 2008, "Neighbourhoods are appropriately
staffed": abstraction is monitored at every level against 20% for officers and 5% for PCSOs.
"""
