"""Priorities: what a community has agreed that its team should solve, and the answer of whoever raised it."""
