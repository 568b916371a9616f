"""What was reported to the police where and when, as another system counts it: a file is the way in.

An *incident* has a reference, an instant, a category of the force's one list, and a place: a point, or a
neighbourhood with the street where that is known. Its neighbourhood is that of the day on which it happened.
Nobody is named. A *repeat location* is a point or street with so many incidents within so many days (three in
ninety unless the force says otherwise). Months that no file has reached are not known, and never 0.

Source: design of the house; the exact test of before and after is described in docs/statistics.md.
"""
