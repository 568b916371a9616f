"""How much of the time was abstraction, and how much more may be.

The *rate* is abstracted minutes over duty minutes, under a named *definition* that says which reasons
count, from which day on. The confirmed share of the shifts is the *coverage*. *Headroom* is how many more
minutes may be abstracted this month before the target is broken; the *forecast* says when it will be. The
*roll-up* keeps the sums of every unit, role and month.

Source: HMIC, Bedfordshire Police inspection report, September 2008, "Neighbourhoods are appropriately
staffed": no more than 20% for inspectors, sergeants and neighbourhood officers, 5% for PCSOs. How time is
counted where the report is silent is our own rule and says so.
"""
