"""Key individual networks (KIN): the people of a neighbourhood who can speak for part of it.

A *key individual* is proposed, becomes active, is dormant once nobody has met them for 180 days, and leaves
with a reason. They stand for a *sector* and can speak for *communities*. An *encounter* says that they were
met: a visit, a call, a meeting, a survey or a message answered; without any for 90 days they are *not seen*.
Whoever keeps the records of their neighbourhood sees who they are and how to reach them; everybody else sees
that somebody can speak for a community. Once a year somebody says whether they are kept.

Source: HMIC, Bedfordshire Police inspection report, September 2008, which asks for networks that mirror the
communities; periods and forms are ours.
"""
