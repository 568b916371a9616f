"""Signals: whether a month of a measure is out of the ordinary, by limits that its own months before draw.

The limits are those of individual values by their moving ranges (XmR): drawn from the twelve months before
the one that is judged, and drawn anew from a month on where somebody says, with a reason, that work is not
what it was.

Source: Wheeler, "Understanding Variation" (1993); which months count is ours.
"""
