"""How many people there should be, and how many there are.

The *establishment* is the dated number of funded posts, in full-time equivalents (FTE), of a role in a unit.
*Strength* is the FTE of the postings that count on a day; it is not stored, it follows from the postings.
*Vacancy* is establishment minus strength, *fill* strength as a percentage of establishment, and the
*supervisory ratio* the constables and PCSOs to each sergeant.

Source: HMIC, Bedfordshire Police inspection report, September 2008, "Neighbourhoods are appropriately
staffed", both tables and the supervisory ratios.
"""
