"""What is typed in the street on a phone, also without a signal, and sent once there is one.

A form that a phone may keep says who typed it, when, and under which reference, so that what is sent twice is
kept once and nobody sends what somebody else typed. Ours: the inspection found what was heard in the street
written up at the end of a shift, or not at all.
"""
