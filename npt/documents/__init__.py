"""The library of dated documents: plans, strategies, assessments, minutes, by the unit whose they are.

Inspections ask for the document that stood on a day; so a document keeps its day, its validity, when it is to
be reviewed, and every version that it had. Each is a matter of its unit, so that actions can belong to it.
Source: the inspection of 2008, whose findings rest on dated plans and protocols; the rest is ours.
"""
