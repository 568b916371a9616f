"""The library of exemplars: what worked elsewhere in the force, and what did not.

A supervisor puts a closed problem into it in words of its own, for colleagues who do not see the record. Its
columns are those by which the College of Policing's practice bank tells a practice ("does it work", focus,
topic, organisation, contact, partners, start, scale); whether it works is said by our own test alone.
"""
