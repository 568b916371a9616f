"""A team's day: who is on, who is away, what is recorded of it, and that it is complete.

A supervisor records time away, answers what members report, adds and changes shifts, takes back what was
done by mistake, and *confirms* the day: nothing more was there to record.

Source: HMIC, Bedfordshire Police inspection report, September 2008: any deployment away from the
neighbourhood is recorded by supervisors. That a day is confirmed is our own rule.
"""
