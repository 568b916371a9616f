"""Matters: what work, files and shares hang on, whatever kind of record it is.

A problem, a meeting, a document: each has a reference, a title and the unit that it is of, and to each can
belong actions, clocks, evidence and shares with partners. So each has one row here, which those point to, and
its feature keeps the rest beside it. Ours: the inspection found actions kept with the paper they came from.
"""
