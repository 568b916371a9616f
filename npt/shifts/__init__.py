"""Shifts, the time away in them, and what is done to both: the records that everything else counts.

A *shift* is a member's rostered duty. *Absence* is the part of it that the member was off duty: leave,
sickness, a rest day. *Abstraction* is the part in which the member was on duty but away from the
neighbourhood role. An end may be *open*: nobody knows yet when the member is back. What was *lost* in the
neighbourhood is noted with the abstraction. A *pattern* is a repeating roster.

Source: HMIC, Bedfordshire Police inspection report, September 2008: any deployment away from the
neighbourhood is recorded by supervisors. How time is kept where the report is silent is our own rule.
"""
