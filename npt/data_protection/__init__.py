"""Data protection: who is held in the records, shown to them when they ask, erased when their time has come.

It works from what the tables say of the people in them (`npt/store/personal.py`) and knows no feature: a
feature registers its kinds of person. Erasure replaces who somebody was and keeps what was counted.
Source: UK GDPR, articles 5, 15, 17 and 30; how long is kept is ours, and a setting.
"""
