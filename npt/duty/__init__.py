"""Who was on duty, who was taken off neighbourhood duty, and how much of the time that was.

A *shift* is a member's rostered duty. *Absence* is the part of it that the member was off duty: leave,
sickness, a rest day. *Abstraction* is the part in which the member was on duty but away from the
neighbourhood role. The *rate* is abstracted minutes over duty minutes, under a named *definition* that says
which reasons count. A supervisor *confirms* a unit's day; the confirmed share of the shifts is the
*coverage*. What a member *reports* of themselves counts once a supervisor accepts it; what was *lost* in the
neighbourhood is noted with the abstraction, and a manager says at *review* whether it was avoidable.
*Headroom* is how many more minutes may be abstracted this month before the target is broken.

Source: HMIC, Bedfordshire Police inspection report, September 2008, "Neighbourhoods are appropriately
staffed": no more than 20 % for inspectors, sergeants and neighbourhood officers, 5 % for PCSOs; any
deployment away from the neighbourhood is recorded by supervisors. How time is counted where the report is
silent is our own rule and says so.
"""
