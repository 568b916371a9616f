"""Measures: what is counted of a unit, month by month, so that somebody can review it and answer for it.

A measure says what it counts, in what unit, which way is better, what the inspectorate asked, and opens the
records behind it. Those that history can give again are *recomputable*; those that rest on the day on which
somebody looks are *observed*, and kept as they were seen.

Source: HMIC, Bedfordshire Police inspection report, September 2008; the list of measures is ours.
"""
